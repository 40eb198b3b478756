"""Makes a model's table (or view) from its SELECT.

Belongs here: creating, casting to the public types, comments. Does not belong here: the order of
models (`models`), transactions over several models (the caller's).

The same rows give the same table: columns stand in a fixed order and rows are sorted by key.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from summit_pipeline.sql_runner.models import Model
from summit_pipeline.warehouse.public_tables import public_table
from summit_pipeline.warehouse.store import transaction
from summit_pipeline.warehouse.table import (
    Table,
    comment_statements,
    duckdb_type,
    identifier,
    qualified,
)
from summit_pipeline.warehouse.tables import ALL_TABLES

# Staging only renames: as views these models cost nothing and hold no second copy of the texts.
VIEW_LAYER = "staging"


class ContractError(RuntimeError):
    """A model's columns are not those that its public table promises."""


@dataclass(frozen=True, slots=True)
class Made:
    """What running a model gave."""

    full_name: str
    row_count: int
    columns: Mapping[str, str]
    column_descriptions: Mapping[str, str]


def run_model(con: duckdb.DuckDBPyConnection, model: Model) -> Made:
    """Create or replace the model's table in one transaction.

    Raises:
        ContractError: if a public table's columns are missing or too many.
        duckdb.Error: if the SQL fails; the table before stays as it was.
    """
    public = public_table(model.full_name)
    kind = "VIEW" if model.schema == VIEW_LAYER else "TABLE"
    descriptions = _descriptions(model, public)
    with transaction(con):
        con.execute(f"CREATE SCHEMA IF NOT EXISTS {identifier(model.schema)}")
        place = qualified(model.full_name)
        con.execute(f"CREATE OR REPLACE {kind} {place} AS {_select(con, model, public)}")
        columns = _columns(con, model.full_name)
        con.execute(
            comment_statements(
                model.full_name,
                public.description if public else model.description,
                {name: text for name, text in descriptions.items() if name in columns},
                kind=kind,
            )
        )
        count = con.sql(f"SELECT count(*) FROM {place}").fetchall()[0][0]
    return Made(model.full_name, int(count), columns, descriptions)


def run_models(con: duckdb.DuckDBPyConnection, models: tuple[Model, ...]) -> tuple[Made, ...]:
    """Run models in the order given (see `models.load_models`)."""
    return tuple(run_model(con, model) for model in models)


def _select(con: duckdb.DuckDBPyConnection, model: Model, public: Table | None) -> str:
    """The SELECT, cast and sorted."""
    if model.schema == VIEW_LAYER:
        return model.sql
    if public is None:
        return f"SELECT * FROM (\n{model.sql}\n) ORDER BY ALL"
    promised, given = set(public.column_names), set(_query_columns(con, model.sql))
    if promised != given:
        raise ContractError(
            f"{model.full_name}: columns missing {sorted(promised - given)}, "
            f"too many {sorted(given - promised)}"
        )
    casts = ", ".join(
        f"CAST({identifier(c.name)} AS {duckdb_type(c.dtype)}) AS {identifier(c.name)}"
        for c in public.columns
    )
    order = ", ".join(identifier(name) for name in public.key)
    return f"SELECT {casts} FROM (\n{model.sql}\n) ORDER BY {order}"


def _descriptions(model: Model, public: Table | None) -> dict[str, str]:
    """What the columns hold: the contract's words, else the SQL's, else those of the source."""
    if public:
        return {column.name: column.description for column in public.columns}
    sources = [known for known in ALL_TABLES if known.full_name in model.upstream]
    inherited = {column.name: column.description for known in sources for column in known.columns}
    return {name: text or inherited.get(name, "") for name, text in model.columns.items()}


def _query_columns(con: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    rows = con.sql(f"SELECT column_name FROM (DESCRIBE (\n{sql}\n))").fetchall()
    return [str(name) for (name,) in rows]


def _columns(con: duckdb.DuckDBPyConnection, full_name: str) -> dict[str, str]:
    """Names and DuckDB types of a table's columns."""
    rows = con.sql(
        f"SELECT column_name, column_type FROM (DESCRIBE {qualified(full_name)})"
    ).fetchall()
    return {str(column): str(dtype) for column, dtype in rows}
