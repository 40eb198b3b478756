"""The tests of SQL models and checks run on a database in memory that holds one small story."""

from collections.abc import Iterator

import duckdb
import pytest
from small_story import fill

from summit_pipeline.sql_runner.models import Model, load_models
from summit_pipeline.sql_runner.runner import run_models
from summit_pipeline.warehouse.tables import ALL_TABLES


@pytest.fixture(scope="session")
def models() -> tuple[Model, ...]:
    return load_models(table.full_name for table in ALL_TABLES)


@pytest.fixture(scope="session")
def warehouse(models: tuple[Model, ...]) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as con:
        con.execute("SET TimeZone = 'UTC'")
        fill(con)
        run_models(con, models)
        yield con


@pytest.fixture
def story(warehouse: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """All stage tables and all models of the small story; changes end with the test."""
    warehouse.begin()
    yield warehouse
    warehouse.rollback()
