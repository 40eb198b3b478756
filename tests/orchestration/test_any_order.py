"""The marts depend on what came in, not on the order or the number of runs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

import duckdb
import pytest

from benchmarks.made_edits import made_article
from summit_pipeline import project
from summit_pipeline.execution.ingesting import run_ingest
from summit_pipeline.execution.reconciling import run_reconcile, run_stories
from summit_pipeline.execution.stages import run_extract, run_normalise
from summit_pipeline.ingest.sources import Source
from summit_pipeline.sql_runner.models import load_models
from summit_pipeline.sql_runner.runner import run_models
from summit_pipeline.warehouse import ledger
from summit_pipeline.warehouse.connection import open_working
from summit_pipeline.warehouse.migrations import migrate
from summit_pipeline.warehouse.store import transaction
from summit_pipeline.warehouse.tables import ALL_TABLES

SEEDS = sorted((project.FOLDER / "seeds" / "articles").glob("*.txt"))
START = datetime(2025, 2, 10)

# When and by which run something was first seen is all that may differ.
SEEN = ("first_seen_at", "first_run_id")

Rows = dict[str, list[tuple[object, ...]]]


@contextmanager
def warehouse(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_working(folder / "working.duckdb") as con:
        migrate(con)
        yield con


def run(
    con: duckdb.DuckDBPyConnection, files: Sequence[Path], number: int, *, is_last: bool = True
) -> int:
    """One run over the files, without Dagster; returns how many stories were worked off.

    The marts are made from the other tables alone, so only the last run need make them.
    """
    at = START + timedelta(hours=number)
    sources = [Source(name="seeds", kind="file", path=file) for file in files]
    models = load_models([table.full_name for table in ALL_TABLES])
    with transaction(con):
        ledger.start_run(con, f"run{number}", at, "test")
    run_ingest(partial(transaction, con), sources, f"run{number}", at)
    with transaction(con):
        run_normalise(con, 1)
        run_extract(con, 1)
    early = {"staging.document_versions", "staging.texts", "staging.observations"}
    wanted = {*early, "intermediate.versions"}
    run_models(con, tuple(model for model in models if model.full_name in wanted))
    with transaction(con):
        run_stories(con)
        worked_off = run_reconcile(con, 1)
    if is_last:
        run_models(con, models)
    return worked_off


def marts(con: duckdb.DuckDBPyConnection) -> Rows:
    names = con.sql(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'marts' ORDER BY 1"
    ).fetchall()
    found = {}
    for (name,) in names:
        columns = con.sql(f"SELECT * FROM marts.{name} LIMIT 0").columns
        without = [c for c in SEEN if c in columns]
        chosen = f"* EXCLUDE ({', '.join(without)})" if without else "*"
        found[name] = con.sql(f"SELECT {chosen} FROM marts.{name} ORDER BY ALL").fetchall()
    return found


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    with warehouse(tmp_path_factory.mktemp("at-once")) as con:
        assert run(con, SEEDS, 0) == 1
        assert run(con, SEEDS, 1) == 0, "nothing has changed, so no story is worked off"
        return marts(con)


def test_one_by_one_in_reverse_gives_the_same_marts(tmp_path: Path, at_once: Rows) -> None:
    with warehouse(tmp_path) as con:
        for number, file in enumerate(reversed(SEEDS)):
            assert run(con, [file], number) == 1
        assert marts(con) == at_once


def test_a_foreign_article_leaves_the_story_alone(tmp_path: Path, at_once: Rows) -> None:
    foreign = tmp_path / "foreign.txt"
    foreign.write_text(
        "Council approves bridge\n\nSPRINGFIELD - The city council approved a $12 million bridge "
        "over the Elm river on 4 March 2020, officials said.\n"
    )
    with warehouse(tmp_path) as con:
        run(con, SEEDS, 0)
        assert run(con, [foreign], 1) == 1, "only the new story is worked off"
        found = marts(con)
    assert len(found["stories"]) == 2
    for table in ("facts", "fact_values", "disagreements", "relations"):
        missing = set(map(repr, at_once[table])) - set(map(repr, found[table]))
        assert missing == set(), table


def test_again_without_change_the_marts_are_equal_to_the_byte(tmp_path: Path) -> None:
    def exported(con: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, bytes]:
        folder.mkdir()
        for name in marts(con):
            con.execute(
                f"COPY (SELECT * FROM marts.{name} ORDER BY ALL) TO '{folder / name}.parquet'"
            )
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    with warehouse(tmp_path) as con:
        run(con, SEEDS[:2], 0)
        before = exported(con, tmp_path / "before")
        run(con, SEEDS[:2], 1)
        assert exported(con, tmp_path / "after") == before


def test_ten_batches_in_another_order_give_the_marts_of_one(tmp_path: Path) -> None:
    chooser = Random(11)
    files = []
    for number in range(10):
        article = made_article(chooser)
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text("\n\n".join((article.title, *article.paragraphs[:3])))
    found = []
    for order in ([files], [[file] for file in chooser.sample(files, 10)]):
        folder = tmp_path / f"{len(order)}"
        folder.mkdir()
        with warehouse(folder) as con:
            for number, batch in enumerate(order):
                run(con, batch, number, is_last=number == len(order) - 1)
            found.append(marts(con))
    assert found[0] == found[1]
    assert len(found[0]["documents"]) == 10
