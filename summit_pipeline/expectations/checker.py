"""A process beside the run that has Great Expectations ready when the checks come.

Importing it takes several seconds; started with the run, that happens on another core while the
stages work. After a run in which nothing was found it starts only when it is needed: rows that have
passed before are not validated again.

Belongs here: the process, and what is spared it. Does not belong here: rules, or how they are run
(`adapter`).
"""

import multiprocessing
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from types import TracebackType

import duckdb

from summit_pipeline.expectations import adapter
from summit_pipeline.expectations.passed_suites import PassedSuites, digest_of
from summit_pipeline.expectations.rules import Suite


class Validation:
    """A suite that is being validated; `outcomes` waits for the end."""

    def __init__(self, suite: Suite, digest: str, passed: PassedSuites) -> None:
        self._suite = suite
        self._digest = digest
        self._passed = passed
        self.future: Future[tuple[adapter.Outcome, ...]] | None = None

    @property
    def is_repeated(self) -> bool:
        """Whether the same rows have passed before and were not validated again."""
        return self.future is None

    def outcomes(self) -> tuple[adapter.Outcome, ...]:
        """What each rule found, in the order of the rules."""
        found = self.future.result() if self.future else adapter.all_passed(self._suite)
        self._passed.note(self._suite, self._digest, passed=all(o.passed for o in found))
        return found


class Checker:
    """Validates suites in a process of its own; use it as a context manager.

    Args:
        memory: the file that remembers which rows have passed.
    """

    def __init__(self, memory: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(max_workers=1, mp_context=context)
        self.passed = PassedSuites(memory)

    def __enter__(self) -> "Checker":
        if not self.passed.all_passed_before:
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

    def start(self, con: duckdb.DuckDBPyConnection, suite: Suite) -> Validation:
        """Fetch the suite's frame here and have it validated there, unless it has passed before."""
        frame = con.sql(suite.query).pl()
        digest = digest_of(frame, suite)
        validation = Validation(suite, digest, self.passed)
        if not self.passed.has_passed(suite, digest):
            validation.future = self._pool.submit(adapter.validate, frame, suite)
        return validation
