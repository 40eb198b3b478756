import duckdb
import pytest

from summit_pipeline.warehouse.data_dictionary import DOCUMENT, data_dictionary
from summit_pipeline.warehouse.public_tables import PUBLIC_TABLES
from summit_pipeline.warehouse.table import Table, create_statement, duckdb_type
from summit_pipeline.warehouse.tables import ALL_TABLES, table

EVERY = pytest.mark.parametrize(
    "each", [*ALL_TABLES, *PUBLIC_TABLES], ids=lambda each: each.full_name
)


@EVERY
def test_every_table_has_a_key_descriptions_and_a_valid_definition(each: Table) -> None:
    with duckdb.connect(":memory:") as con:
        con.execute(f"create schema {each.schema}; {create_statement(each)}")
        described = con.sql(f"describe {each.full_name}").fetchall()

    assert each.key
    assert set(each.key) <= set(each.column_names)
    assert each.description.endswith(".")
    assert [row[0] for row in described] == list(each.column_names)
    required = {row[0] for row in described if row[2] == "NO"}
    assert required == {c.name for c in each.columns if not c.nullable}
    assert not any(c.nullable for c in each.columns if c.is_key)


@EVERY
def test_every_column_type_survives_the_way_there_and_back(each: Table) -> None:
    with duckdb.connect(":memory:") as con:
        columns = ", ".join(f'"{c.name}" {duckdb_type(c.dtype)}' for c in each.columns)
        con.execute(f"create table t ({columns})")

        assert con.sql("from t").pl().schema == each.polars_schema


def test_constraints_hold_in_the_file(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.ConstraintException, match="CHECK"):
        con.execute("insert into ops.reviews values ('x', 'no verdict', 'why', null, '2024-01-01')")


def test_comments_are_in_the_file(con: duckdb.DuckDBPyConnection) -> None:
    tables = con.sql(
        "select count(*) from duckdb_tables() where comment is null and schema_name <> 'ops'"
    ).fetchall()
    columns = con.sql(
        "select table_name, column_name from duckdb_columns() "
        "where comment is null and not internal and table_name <> 'schema_version'"
    ).fetchall()

    assert tables == [(0,)]
    assert columns == []


def test_an_unknown_table_is_named_with_those_that_exist() -> None:
    with pytest.raises(LookupError, match=r"extract\.claim'.*extract\.claims"):
        table("extract.claim")


def test_the_data_dictionary_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == data_dictionary(), (
        "run: python -m summit_pipeline.warehouse.data_dictionary"
    )
