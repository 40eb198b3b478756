"""HOSTILE_INPUTS, rows 36 and 37 on a real working file, and what the machine may do to it."""

import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import duckdb
import pytest

from summit_pipeline.cli.main import main
from summit_pipeline.execution import ingesting
from summit_pipeline.execution.ingesting import run_ingest
from summit_pipeline.ingest.harvest import Counts
from summit_pipeline.ingest.items import Gone, Item, Seen
from summit_pipeline.ingest.sources import Source
from summit_pipeline.warehouse import ledger
from summit_pipeline.warehouse.connection import open_working
from summit_pipeline.warehouse.migrations import migrate
from summit_pipeline.warehouse.store import transaction

START = datetime(2025, 2, 7, 12)
URL = "https://news.example.com/bridge"
BRIDGE = "The council approved a bridge over the Elm on Tuesday. It will cost $12 million."

Run = Callable[..., Counts]


def item(text: str, published: str | None = None) -> Item:
    return Item("s", "g", "g", "guid", "o", "text/html", text.encode(), "T", URL, published)


def gone() -> Gone:
    return Gone("s", URL, "g", URL, "page.gone", "answers 410")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with open_working(tmp_path / "working.duckdb") as con:
        migrate(con)
    return tmp_path


@pytest.fixture
def run(data: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """One run of the ingest stage over these things, at an hour after the start."""

    def one(*things: Seen, hour: int, run_id: str | None = None) -> Counts:
        monkeypatch.setattr(ingesting, "read_source", lambda *_: iter(things))
        at = START + timedelta(hours=hour)
        name = run_id or f"r{hour}"
        with open_working(data / "working.duckdb") as con:
            ledger.start_run(con, name, at, "test")
            source = Source("s", "folder", data)
            return run_ingest(partial(transaction, con), [source], name, at)

    return one


def rows(data: Path, query: str) -> list[tuple[object, ...]]:
    with open_working(data / "working.duckdb") as con:
        return con.sql(query).fetchall()


def current(data: Path) -> list[tuple[object, ...]]:
    """Bodies in the order in which versions are current, by the observations alone."""
    return rows(
        data,
        "select v.body from ingest.document_versions v join ingest.observations o "
        "using (version_id) order by o.seen_at desc limit 1",
    )


def test_row_36_a_new_text_is_a_version_a_new_date_is_none(data: Path, run: Run) -> None:
    run(item(BRIDGE, "2025-02-07"), hour=0)
    assert run(item(BRIDGE, "2025-02-09"), hour=1).unchanged == 1
    assert run(item(f"<div data-n='3'>{BRIDGE}</div>"), hour=2).unchanged == 1
    assert run(item(BRIDGE.replace("12", "14"), "2025-02-07"), hour=3).changed == 1
    assert rows(data, "select count(*) from ingest.document_versions") == [(2,)]
    assert rows(data, "select count(*) from ingest.observations") == [(4,)]


def test_row_37_gone_and_back(data: Path, run: Run) -> None:
    withdrawn = "select count(*) from ingest.tombstones where returned_at is null"
    run(item(BRIDGE), hour=0)
    run(hour=1)
    assert rows(data, withdrawn) == [(0,)], "leaving a feed means nothing"
    assert run(gone(), hour=2).withdrawn == 1
    run(gone(), hour=3)
    assert rows(data, withdrawn) == [(1,)]
    assert rows(data, "select count(*) from ingest.document_versions") == [(1,)]
    assert run(item(BRIDGE), hour=4).unchanged == 1
    assert rows(data, withdrawn) == [(0,)]
    assert rows(data, "select reason, returned_at is not null from ingest.tombstones") == [
        ("page.gone", True)
    ]
    run(gone(), hour=5)
    assert run(item(BRIDGE + " More."), hour=6).changed == 1
    assert rows(data, withdrawn) == [(0,)]


def test_row_37_a_person_may_ask_for_it(
    data: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run(item(BRIDGE), hour=0)
    ((document,),) = rows(data, "select document_id from ingest.documents")
    words = ["--data", str(data)]
    assert main(["withdraw", str(document)[:6], *words]) == 2
    assert main(["withdraw", "zzz", "--reason", "r", *words]) == 2
    assert main(["withdraw", str(document)[:6], "--reason", "asked by its author", *words]) == 0
    assert "withdrawn" in capsys.readouterr().out
    run(item(BRIDGE), hour=1)
    open_ones = "select reason, detail from ingest.tombstones where returned_at is null"
    assert rows(data, open_ones) == [("request", "asked by its author")]
    assert main(["withdraw", str(document), "--undo", *words]) == 0
    assert rows(data, open_ones) == []


def test_again_without_change_adds_observations_only(data: Path, run: Run) -> None:
    things = (item(BRIDGE), item(f"<b>{BRIDGE}</b>"), item("other"))
    run(*things, hour=0)
    tables = ("documents", "document_names", "document_versions", "deliveries", "tombstones")
    before = [rows(data, f"from ingest.{name} order by all") for name in tables]
    counts = run(*things, hour=1)
    assert (counts.new, counts.changed, counts.unchanged) == (0, 0, 3)
    assert [rows(data, f"from ingest.{name} order by all") for name in tables] == before


def test_the_clock_set_back_by_a_day_changes_no_order(data: Path, run: Run) -> None:
    run(item("A"), hour=48)
    run(item("B"), hour=24)
    assert current(data) == [(b"B",)]
    run(item("A"), hour=25)
    assert current(data) == [(b"A",)]


def test_two_runs_at_once_store_everything_once(data: Path, run: Run) -> None:
    """Both have read the sources before either has stored."""
    from summit_pipeline.ingest.spool import Spool

    source = [Source("s", "folder", data)]
    with open_working(data / "working.duckdb") as con, Spool() as one, Spool() as other:
        for spool in (one, other):
            spool.extend([item(BRIDGE), item("other")])
        counted = []
        for name, spool in (("r1", one), ("r2", other)):
            ledger.start_run(con, name, START, "test")
            with transaction(con):
                counted.append(
                    ingesting._store(con, spool, ingesting.Gathered(), source, name, START, "tried")
                )
    assert [(c.new, c.changed, c.unchanged) for c in counted] == [(1, 1, 0), (0, 0, 2)]
    assert rows(data, "select count(*) from ingest.document_versions") == [(2,)]


_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from benchmarks.killed_run import one_run
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
one_run(Path(sys.argv[1]), Path(sys.argv[2]), 0)
"""


def test_a_full_disk_fails_the_run_and_harms_nothing(data: Path, tmp_path: Path) -> None:
    """No file may grow beyond what it has: as when there is no room left."""
    inputs = tmp_path / "in"
    inputs.mkdir()
    lines = (f'{{"guid": "{n}", "text": "{"word " * 400}{n}"}}' for n in range(500))
    (inputs / "dump.jsonl").write_text("\n".join(lines))
    limit = (data / "working.duckdb").stat().st_size + 100_000
    done = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(data), str(inputs), str(limit)],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert done.returncode != 0
    assert "Error" in done.stderr
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    assert rows(data, "select count(*) from ingest.document_versions") == [(0,)]
    with open_working(data / "working.duckdb") as con:
        ledger.start_run(con, "again", START, "test")
        source = Source("in", "folder", inputs)
        assert run_ingest(partial(transaction, con), [source], "again", START).new == 500


def test_a_locked_file_names_its_holder(data: Path) -> None:
    from summit_pipeline.warehouse.connection import WarehouseLockedError

    holder = subprocess.Popen(
        [
            sys.executable, "-c",
            "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True);"
            "sys.stdin.read()", str(data / "working.duckdb"),
        ],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdin is not None
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == "held"
    try:
        with pytest.raises(WarehouseLockedError, match=f"process {holder.pid}"):
            open_working(data / "working.duckdb", wait_seconds=0.5)
    finally:
        holder.communicate("")
    duckdb.connect(str(data / "working.duckdb")).close()
