from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import duckdb
import pytest

from summit_pipeline.warehouse.connection import open_working
from summit_pipeline.warehouse.migrations import migrate


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("warehouse") / "work.duckdb"
    with open_working(path) as connection:
        migrate(connection)
    return path


@pytest.fixture
def con(new_file: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A new working file with all tables."""
    with open_working(copyfile(new_file, tmp_path / "work.duckdb")) as connection:
        yield connection
