"""A table: its place and name beside its row class, and the SQL that creates it.

Belongs here: from a row class to DuckDB types, constraints and comments. Does not belong here: any
table (`tables`, `public_tables`).
"""

import functools
from dataclasses import dataclass
from typing import Any, cast

import polars as pl

from summit_pipeline.rows import Column, Row, columns, polars_schema

_SCALAR_TYPES: dict[pl.DataType, str] = {
    pl.String(): "VARCHAR",
    pl.Int64(): "BIGINT",
    pl.Float64(): "DOUBLE",
    pl.Boolean(): "BOOLEAN",
    pl.Binary(): "BLOB",
    pl.Date(): "DATE",
    pl.Datetime("us"): "TIMESTAMP",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the warehouse."""

    schema: str
    name: str
    row_class: type[Row]
    description: str

    @property
    def full_name(self) -> str:
        """Schema and name: `extract.claims`."""
        return f"{self.schema}.{self.name}"

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in order."""
        return columns(self.row_class)

    @property
    def column_names(self) -> tuple[str, ...]:
        """The columns' names in order."""
        return tuple(column.name for column in self.columns)

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the columns that tell rows apart."""
        return self.row_class.key

    @property
    def polars_schema(self) -> pl.Schema:
        """The schema of frames that hold such rows."""
        return polars_schema(self.row_class)


def identifier(name: str) -> str:
    """A name quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'


def qualified(full_name: str, database: str | None = None) -> str:
    """`schema.name` quoted for SQL, in another attached database where one is given."""
    parts = full_name.split(".") if database is None else [database, *full_name.split(".")]
    return ".".join(identifier(part) for part in parts)


def literal(text: str) -> str:
    """A text quoted for SQL (statements such as COMMENT take no parameters)."""
    return "'" + text.replace("'", "''") + "'"


def duckdb_type(dtype: pl.DataType) -> str:
    """The DuckDB type that holds a Polars type without loss.

    Raises:
        TypeError: if there is none among the types that rows use.
    """
    if isinstance(dtype, pl.List):
        return duckdb_type(_instance(dtype.inner)) + "[]"
    if isinstance(dtype, pl.Struct):
        fields = (
            f"{identifier(field.name)} {duckdb_type(_instance(field.dtype))}"
            for field in dtype.fields
        )
        return f"STRUCT({', '.join(fields)})"
    if dtype not in _SCALAR_TYPES:
        raise TypeError(f"no DuckDB type for {dtype}")
    return _SCALAR_TYPES[dtype]


def _instance(dtype: Any) -> pl.DataType:
    return cast(pl.DataType, dtype() if isinstance(dtype, type) else dtype)


def column_definition(column: Column) -> str:
    """A column of a CREATE TABLE statement, with NOT NULL and CHECK."""
    parts = [identifier(column.name), duckdb_type(column.dtype)]
    if not column.nullable:
        parts.append("NOT NULL")
    if column.allowed:
        values = ", ".join(literal(value) for value in column.allowed)
        parts.append(f"CHECK ({identifier(column.name)} IN ({values}))")
    return " ".join(parts)


@functools.cache
def create_statement(table: Table) -> str:
    """CREATE TABLE with types, NOT NULL, allowed values and the primary key."""
    lines = [column_definition(column) for column in table.columns]
    if table.key:
        lines.append(f"PRIMARY KEY ({', '.join(identifier(name) for name in table.key)})")
    body = ",\n    ".join(lines)
    return f"CREATE TABLE {qualified(table.full_name)} (\n    {body}\n)"


def comment_statements(
    full_name: str,
    description: str,
    column_descriptions: dict[str, str],
    *,
    kind: str = "TABLE",
    database: str | None = None,
) -> str:
    """COMMENT ON for a table (or view) and those of its columns that have a description.

    One text of several statements: sent one by one they take longer than the models themselves.
    """
    place = qualified(full_name, database)
    statements = [
        f"COMMENT ON {kind} {place} IS {literal(description)}",
        *(
            f"COMMENT ON COLUMN {place}.{identifier(name)} IS {literal(text)}"
            for name, text in column_descriptions.items()
            if text
        ),
    ]
    return ";\n".join(statements)
