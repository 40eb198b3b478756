"""The only entry point for Dagster: everything under `defs/`, loaded as one code location."""

from pathlib import Path

from dagster import Definitions, definitions, load_from_defs_folder


@definitions
def defs() -> Definitions:
    """All assets, checks, resources, jobs, schedules and sensors."""
    return load_from_defs_folder(path_within_project=Path(__file__).parent)
