"""Where the checkout is. The project runs from there, not from an installed wheel."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent
"""The folder that holds pyproject.toml, sources.toml, dagster.yaml and dbt_like_sql/."""
