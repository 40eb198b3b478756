from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pytest

from summit_pipeline.sql_runner import lineage_cache
from summit_pipeline.sql_runner.checks import load_checks, run_check
from summit_pipeline.sql_runner.lineage import ColumnSource, column_lineage
from summit_pipeline.sql_runner.lineage_cache import LineageCache
from summit_pipeline.sql_runner.models import Model, ModelError, read_model
from summit_pipeline.sql_runner.runner import ContractError, run_model


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        connection.execute("create schema raw; create table raw.t (a int, b varchar)")
        connection.execute("insert into raw.t values (2, 'y'), (1, 'x'), (3, null)")
        yield connection


def model(folder: Path, name: str, sql: str) -> Model:
    path = folder / f"{name}.sql"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(sql, encoding="utf-8")
    return read_model(path)


ORIGINS = (
    "-- Evidence.\nselect 'd' as document_id, '' as other_document_id, b as origin, 'k' as kind, "
    "a as start_char, a + 1 as end_char, {weight} as weight from raw.t"
)


def test_a_public_table_gets_its_promised_types_order_and_comments(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    made = run_model(con, model(tmp_path, "marts/origin_evidence", ORIGINS.format(weight="1")))

    assert made.row_count == 3
    assert made.columns["start_char"] == "BIGINT"
    assert made.columns["weight"] == "DOUBLE"
    assert list(made.columns)[-1] == "weight"
    starts = con.sql("select start_char from marts.origin_evidence").fetchall()
    assert starts == [(1,), (2,), (3,)]
    comments = con.sql("select comment from duckdb_columns() where schema_name = 'marts'")
    assert ("strength of the evidence, between 0 and 1",) in comments.fetchall()


def test_a_model_that_breaks_its_contract_makes_no_table(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    broken = ORIGINS.format(weight="1").replace("as kind", "as sort")

    with pytest.raises(ContractError, match=r"missing \['kind'\], too many \['sort'\]"):
        run_model(con, model(tmp_path, "marts/origin_evidence", broken))

    assert con.sql("from duckdb_tables() where schema_name = 'marts'").fetchall() == []


def test_a_failing_model_leaves_the_table_before(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    run_model(con, model(tmp_path, "intermediate/m", "-- M.\nselect a from raw.t"))

    with pytest.raises(duckdb.ConversionException):
        run_model(con, model(tmp_path, "intermediate/m", "-- M.\nselect b::int as a from raw.t"))

    assert con.sql("from intermediate.m").fetchall() == [(1,), (2,), (3,)]


def test_staging_is_a_view_with_comments(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    run_model(con, model(tmp_path, "staging/t", "-- T.\nselect a as c -- the c\nfrom raw.t"))
    con.execute("insert into raw.t values (4, null)")

    assert con.sql("select count(*) from staging.t").fetchall() == [(4,)]
    view = con.sql("select comment from duckdb_views() where schema_name = 'staging'").fetchall()
    column = con.sql("select comment from duckdb_columns() where column_name = 'c'").fetchall()
    assert (view, column) == ([("T.",)], [("the c",)])


def test_lineage_goes_through_ctes_renames_and_unqualified_columns(tmp_path: Path) -> None:
    traced = column_lineage(
        model(
            tmp_path,
            "marts/m",
            "-- M.\nwith n as (select a as k, max(b) as last from raw.t group by a)\n"
            "select k, last || s.c as both, count(*) as n\n"
            "from n join raw.s as s on n.k = s.id group by all",
        ),
        {"raw.t": {"a": "INT", "b": "VARCHAR"}, "raw.s": {"id": "INT", "c": "VARCHAR"}},
    )

    assert traced == {
        "k": (ColumnSource("raw.t", "a"),),
        "both": (ColumnSource("raw.s", "c"), ColumnSource("raw.t", "b")),
        "n": (),
    }


def check(folder: Path, name: str, sql: str) -> None:
    (folder / f"{name}.sql").write_text(sql, encoding="utf-8")


def test_a_check_counts_all_rows_and_shows_the_first(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    check(
        tmp_path, "t__has_rows", "-- warn\n-- T is empty.\n-- So.\nselect a from raw.t, range(9);"
    )

    (found,) = load_checks(["raw.t"], tmp_path)
    result = run_check(con, found)

    assert (found.model, found.severity, found.blocking) == ("raw.t", "warn", False)
    assert found.description == "T is empty. So."
    assert (result.passed, result.offending_count, result.first_rows.height) == (False, 27, 10)


def test_a_check_without_rows_passes(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    check(tmp_path, "t__is_odd", "-- error, blocking\n-- T.\nselect a from raw.t where a > 9")

    (found,) = load_checks(["raw.t"], tmp_path)

    assert (found.severity, found.blocking) == ("error", True)
    assert run_check(con, found).passed


@pytest.mark.parametrize(
    ("name", "sql", "message"),
    [
        ("t__x", "-- fatal\n-- T.\nselect a from raw.t", "the first line must be one of"),
        ("t__x", "-- warn\nselect a from raw.t", "a sentence on what must hold"),
        ("u__x", "-- warn\n-- T.\nselect a from raw.t", "<model>__<what_must_not_happen>"),
        ("t", "-- warn\n-- T.\nselect a from raw.t", "<model>__<what_must_not_happen>"),
        ("t__x", "-- warn\n-- T.\nselect a from raw.u", "reads raw.u, which nothing makes"),
        ("t__x", "-- warn\n-- T.\ndelete from raw.t", "exactly one SELECT"),
    ],
)
def test_a_malformed_check_is_refused(tmp_path: Path, name: str, sql: str, message: str) -> None:
    check(tmp_path, name, sql)

    with pytest.raises(ModelError, match=message):
        load_checks(["raw.t"], tmp_path)


def test_lineage_is_traced_anew_only_after_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "cache" / "lineage.json"
    traced: list[str] = []

    def counted(
        model: Model, schemas: Mapping[str, Mapping[str, str]]
    ) -> dict[str, tuple[ColumnSource, ...]]:
        traced.append(model.sql)
        return column_lineage(model, schemas)

    monkeypatch.setattr(lineage_cache, "column_lineage", counted)

    def lineage(sql: str, kind: str = "INTEGER") -> lineage_cache.Lineage:
        cache = LineageCache(file)
        found = cache.lineage(
            model(tmp_path, "marts/m", f"-- M.\n{sql}"), {"raw.t": {"a": kind, "b": "VARCHAR"}}
        )
        cache.save()
        return found

    first = lineage("select a + 1 as c from raw.t")
    assert first == {"c": (ColumnSource("raw.t", "a"),)}
    assert lineage("select a + 1 as c from raw.t") == first
    assert len(traced) == 1
    assert lineage("select b as c from raw.t") == {"c": (ColumnSource("raw.t", "b"),)}
    lineage("select b as c from raw.t", kind="BIGINT")
    assert len(traced) == 3
    file.write_text("[broken")
    assert lineage("select a + 1 as c from raw.t") == first
