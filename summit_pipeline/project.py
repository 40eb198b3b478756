"""Where the checkout is. The project runs from there, not from an installed wheel."""

import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent
"""The folder that holds pyproject.toml, sources.toml, dagster.yaml and dbt_like_sql/."""

SOURCES_VARIABLE = "SUMMIT_SOURCES"
"""Environment variable that names another sources file."""


def sources_file() -> Path:
    """The sources file: `$SUMMIT_SOURCES`, else the checkout's sources.toml."""
    return Path(os.environ.get(SOURCES_VARIABLE) or FOLDER / "sources.toml")
