"""One run of all stages and the publication, in a process of its own that can be killed on the way.

Each statement to DuckDB, each thing read and each rename or sync of a file is a *point*, where the
process can kill itself (SIGKILL).

Belongs here: such a run, without Dagster and checks, which change no table of these. Does not
belong here: what is compared afterwards (`kills`, tests).
"""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from summit_pipeline.execution.ingesting import run_ingest
from summit_pipeline.execution.reconciling import run_reconcile, run_stories
from summit_pipeline.execution.stages import run_extract, run_normalise
from summit_pipeline.ingest.items import Seen
from summit_pipeline.ingest.sources import Source
from summit_pipeline.ingest.spool import Spool
from summit_pipeline.sql_runner.models import load_models
from summit_pipeline.sql_runner.runner import run_models
from summit_pipeline.warehouse import ledger
from summit_pipeline.warehouse.connection import open_working
from summit_pipeline.warehouse.migrations import migrate
from summit_pipeline.warehouse.publishing import publish
from summit_pipeline.warehouse.store import transaction
from summit_pipeline.warehouse.tables import ALL_TABLES

START = datetime(2025, 2, 10)
EARLY = (
    "staging.document_versions", "staging.texts", "staging.observations", "intermediate.versions",
)  # fmt: skip


def one_run(data: Path, inputs: Path, number: int) -> None:
    """All stages over a folder of sources, as the main job runs them."""
    at = START + timedelta(hours=number)
    run_id = f"run{number}"
    sources = [
        Source(name=path.name, kind="folder" if path.is_dir() else "file", path=path)
        for path in sorted(inputs.iterdir())
    ]
    models = load_models([table.full_name for table in ALL_TABLES])

    @contextmanager
    def transact() -> Iterator[duckdb.DuckDBPyConnection]:
        with open_working(data / "working.duckdb") as con:
            migrate(con)
            with transaction(con):
                yield con

    def opened() -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        return open_working(data / "working.duckdb")

    with transact() as con:
        ledger.start_run(con, run_id, at, "test")
    run_ingest(transact, sources, run_id, at)
    for stage in (run_normalise, run_extract):
        with transact() as con:
            stage(con, 1)
    with opened() as con:
        run_models(con, tuple(m for m in models if m.full_name in EARLY))
    with transact() as con:
        run_stories(con)
    with transact() as con:
        run_reconcile(con, 1)
    with opened() as con:
        run_models(con, models)
        publish(con, data)
    with transact() as con:
        ledger.finish_run(con, run_id, at)


class Points:
    """Counts the points of a run, and ends the process at one of them."""

    def __init__(self, last: int | None) -> None:
        self.passed = 0
        self._last = last

    def reach(self) -> None:
        """Another point."""
        self.passed += 1
        if self.passed == self._last:
            os.kill(os.getpid(), signal.SIGKILL)

    def before(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function with a point before each call."""

        def counted(*words: Any, **options: Any) -> Any:
            self.reach()
            return function(*words, **options)

        return counted

    def install(self) -> None:
        """Put a point before all that touches a file."""
        connect, extend = duckdb.connect, Spool.extend
        points = self

        class Connection:
            def __init__(self, *words: Any, **options: Any) -> None:
                self._con = connect(*words, **options)

            def __getattr__(self, name: str) -> Any:
                found = getattr(self._con, name)
                return points.before(found) if name in _STATEMENTS else found

            def __enter__(self) -> "Connection":
                return self

            def __exit__(self, *error: object) -> None:
                self._con.close()

        def counted_extend(spool: Spool, things: Iterable[Seen]) -> None:
            for thing in things:
                points.reach()
                extend(spool, [thing])

        duckdb.connect = Connection  # type: ignore[assignment]
        Spool.extend = counted_extend  # type: ignore[method-assign, assignment]
        for name in ("fsync", "rename", "replace", "symlink", "link", "unlink"):
            setattr(os, name, points.before(getattr(os, name)))


_STATEMENTS = frozenset({"begin", "commit", "execute", "sql", "register"})


def counted_run(data: Path, inputs: Path, number: int, point: int | None = None) -> None:
    """Run in this process, which is killed at the point; else `data/points` tells their number."""
    points = Points(point)
    points.install()
    one_run(data, inputs, number)
    (data / "points").write_text(str(points.passed))
