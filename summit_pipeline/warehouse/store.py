"""Moves frames into tables and out again, inside the caller's transaction.

Belongs here: inserting, replacing and reading rows of registered tables, with counts asserted.
Does not belong here: transactions (`transaction` of the caller), SQL models (`sql_runner`).

Why not simpler: `executemany` takes 20 s for 1,000 rows, and `INSERT OR IGNORE` drops twins without
a word. So a batch is checked first (columns, types, missing values, twins), goes in as one
statement, and the number of rows is compared with what was meant.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import duckdb
import polars as pl

from summit_pipeline.warehouse.table import Table, identifier, qualified
from summit_pipeline.warehouse.tables import table as find_table

_BATCH = "_summit_batch"
_WANTED = "_summit_wanted"


class BatchError(ValueError):
    """A batch that must not be stored; the message says which rows and why."""


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """All or nothing: commit at the end, roll back if anything is raised."""
    con.begin()
    try:
        yield con
    except BaseException:
        # Some errors make DuckDB end the transaction itself; the first error is the one to show.
        with suppress(duckdb.Error):
            con.rollback()
        raise
    con.commit()


def insert(con: duckdb.DuckDBPyConnection, table_name: str, frame: pl.DataFrame) -> int:
    """Store rows of which none is stored yet; returns their number.

    Raises:
        BatchError: as for `insert_new`, or if a row's key is stored already.
    """
    table = find_table(table_name)
    batch = _checked(table, frame)
    with _registered(con, _BATCH, batch):
        return _insert(con, table, _BATCH, batch.height)


def insert_new(con: duckdb.DuckDBPyConnection, table_name: str, frame: pl.DataFrame) -> int:
    """Store the rows whose key is not stored yet; rows that are there stay as they are.

    Returns:
        The number of rows stored.

    Raises:
        BatchError: if columns, types or values don't fit the table, or two rows share a key.
    """
    table = find_table(table_name)
    batch = _checked(table, frame)
    same_key = " AND ".join(f"old.{identifier(k)} = new.{identifier(k)}" for k in table.key)
    source = (
        f"{_BATCH} AS new WHERE NOT EXISTS "
        f"(SELECT 1 FROM {qualified(table.full_name)} AS old WHERE {same_key})"
    )
    with _registered(con, _BATCH, batch):
        expected = _scalar(con, f"SELECT count(*) FROM {source}")
        return _insert(con, table, source, expected)


def replace_all(con: duckdb.DuckDBPyConnection, table_name: str, frame: pl.DataFrame) -> int:
    """Make the frame's rows the table's only rows; returns their number.

    Raises:
        BatchError: as for `insert_new`.
    """
    table = find_table(table_name)
    batch = _checked(table, frame)
    con.execute(f"DELETE FROM {qualified(table.full_name)}").fetchall()
    with _registered(con, _BATCH, batch):
        return _insert(con, table, _BATCH, batch.height)


def replace_where(
    con: duckdb.DuckDBPyConnection,
    table_name: str,
    frame: pl.DataFrame,
    column: str,
    values: Iterable[Any],
) -> int:
    """Replace the rows whose `column` holds one of the values; returns the number stored.

    Values without a row in the frame lose their rows: a version without claims ends without.

    Raises:
        BatchError: as for `insert_new`, or if a row of the frame holds another value.
    """
    table = find_table(table_name)
    batch = _checked(table, frame)
    wanted = _wanted(table, column, values)
    strangers = batch.join(wanted, on=column, how="anti", nulls_equal=True)
    if strangers.height:
        raise BatchError(
            f"{table.full_name}: {strangers.height} rows with another {column} than those "
            f"replaced, first {strangers[column][0]!r}"
        )
    with _registered(con, _WANTED, wanted):
        con.execute(
            f"DELETE FROM {qualified(table.full_name)} WHERE {identifier(column)} IN "
            f"(SELECT {identifier(column)} FROM {_WANTED})"
        ).fetchall()
    with _registered(con, _BATCH, batch):
        return _insert(con, table, _BATCH, batch.height)


def read(con: duckdb.DuckDBPyConnection, table_name: str) -> pl.DataFrame:
    """All rows of a table, ordered by key, in the schema of its row class."""
    table = find_table(table_name)
    return _select(con, table, "")


def read_where(
    con: duckdb.DuckDBPyConnection, table_name: str, column: str, values: Iterable[Any]
) -> pl.DataFrame:
    """The rows whose `column` holds one of the values, ordered by key."""
    table = find_table(table_name)
    with _registered(con, _WANTED, _wanted(table, column, values)):
        name = identifier(column)
        return _select(con, table, f"WHERE {name} IN (SELECT {name} FROM {_WANTED})")


def count(con: duckdb.DuckDBPyConnection, table_name: str) -> int:
    """The number of rows of a registered table."""
    return _scalar(con, f"SELECT count(*) FROM {qualified(find_table(table_name).full_name)}")


def _select(con: duckdb.DuckDBPyConnection, table: Table, where: str) -> pl.DataFrame:
    names = ", ".join(identifier(name) for name in table.column_names)
    order = ", ".join(identifier(name) for name in table.key) or "ALL"
    query = f"SELECT {names} FROM {qualified(table.full_name)} {where} ORDER BY {order}"
    found: pl.DataFrame = con.sql(query).pl()
    return found.cast(table.polars_schema)


def _insert(con: duckdb.DuckDBPyConnection, table: Table, source: str, expected: int) -> int:
    names = ", ".join(identifier(name) for name in table.column_names)
    try:
        done = con.execute(
            f"INSERT INTO {qualified(table.full_name)} ({names}) SELECT {names} FROM {source}"
        ).fetchall()
    except duckdb.ConstraintException as error:
        raise BatchError(f"{table.full_name}: {error}") from error
    stored = int(done[0][0])
    if stored != expected:
        raise BatchError(f"{table.full_name}: {stored} rows stored, {expected} expected")
    return stored


def _checked(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the table's columns in its order, or an error that names what is wrong."""
    schema = table.polars_schema
    if set(frame.columns) != set(schema):
        missing = sorted(set(schema) - set(frame.columns))
        surplus = sorted(set(frame.columns) - set(schema))
        raise BatchError(f"{table.full_name}: columns missing {missing}, too many {surplus}")
    for name, dtype in schema.items():
        if frame.schema[name] not in (dtype, pl.Null()):
            raise BatchError(
                f"{table.full_name}.{name}: is {frame.schema[name]}, should be {dtype}"
            )
    batch = frame.select(list(schema)).cast(schema)
    _refuse_missing_values(table, batch)
    _refuse_other_values(table, batch)
    _refuse_twins(table, batch)
    return batch


def _refuse_missing_values(table: Table, batch: pl.DataFrame) -> None:
    for column in table.columns:
        missing = 0 if column.nullable else batch[column.name].null_count()
        if missing:
            raise BatchError(f"{table.full_name}.{column.name}: {missing} rows without a value")


def _refuse_other_values(table: Table, batch: pl.DataFrame) -> None:
    for column in table.columns:
        if not column.allowed:
            continue
        others = set(batch[column.name].unique().drop_nulls()) - set(column.allowed)
        if others:
            raise BatchError(
                f"{table.full_name}.{column.name}: {', '.join(sorted(others))!s} "
                f"not among {', '.join(column.allowed)}"
            )


def _refuse_twins(table: Table, batch: pl.DataFrame) -> None:
    if not table.key:
        return
    twins = batch.select(table.key).filter(batch.select(table.key).is_duplicated())
    if twins.height:
        raise BatchError(
            f"{table.full_name}: {twins.height} rows share a key, first {twins.row(0)}"
        )


def _wanted(table: Table, column: str, values: Iterable[Any]) -> pl.DataFrame:
    dtype = table.polars_schema[column]
    return pl.DataFrame({column: sorted(set(values))}, schema={column: dtype})


def _scalar(con: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(con.sql(query).fetchall()[0][0])


@contextmanager
def _registered(con: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> Iterator[None]:
    """Let SQL see a frame under a name while the block runs."""
    con.register(name, frame)
    try:
        yield
    finally:
        # After an error the transaction is aborted and the view goes with its rollback.
        with suppress(duckdb.Error):
            con.unregister(name)


def schema_of(table_name: str) -> pl.Schema:
    """The schema of frames that hold the table's rows."""
    return find_table(table_name).polars_schema
