"""A process beside the run that has Great Expectations ready when the checks come.

Importing it takes several seconds; started with the run, that happens on another core while the
stages work.

Belongs here: the process. Does not belong here: rules, or how they are run (`adapter`).
"""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from types import TracebackType

import duckdb

from summit_pipeline.expectations import adapter
from summit_pipeline.expectations.rules import Suite


class Checker:
    """Validates suites in a process of its own; use it as a context manager."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(max_workers=1, mp_context=context)

    def __enter__(self) -> "Checker":
        self._pool.submit(adapter.prepare)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # Not waited for: it has nothing left to do, and the run is over.
        self._pool.shutdown(wait=False, cancel_futures=True)

    def validate_suite(
        self, con: duckdb.DuckDBPyConnection, suite: Suite
    ) -> tuple[adapter.Outcome, ...]:
        """Fetch the suite's frame here, validate it there."""
        return self._pool.submit(adapter.validate, con.sql(suite.query).pl(), suite).result()
