"""The Dagster home: it lies in the data folder, never in the code."""

import shutil
from pathlib import Path

from summit_pipeline import project


def prepare_home(data: Path) -> Path:
    """Make `DIR/dagster`, with the project's dagster.yaml in it, and give its absolute path."""
    home = data.resolve() / "dagster"
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(project.FOLDER / "dagster.yaml", home / "dagster.yaml")
    return home
