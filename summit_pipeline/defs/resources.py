"""Resources: the warehouse of the data folder, and how many workers the batches get.

Belongs here: what comes from the environment of a run. Does not belong here: tables and SQL
(`warehouse`).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import duckdb
from pydantic import PrivateAttr

from summit_pipeline.defs.left_over_runs import end_left_over
from summit_pipeline.expectations.checker import Checker
from summit_pipeline.warehouse.connection import open_working
from summit_pipeline.warehouse.migrations import migrate
from summit_pipeline.warehouse.publishing import Publication, publish
from summit_pipeline.warehouse.run_lock import only_run
from summit_pipeline.warehouse.store import transaction

WORKING_FILE = "working.duckdb"


def data_folder() -> Path:
    """The data folder: `$SUMMIT_DATA_DIR`, else `data` in the present folder."""
    return Path(os.environ.get("SUMMIT_DATA_DIR", "data"))


class Warehouse(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The working file in the data folder; each asset opens it for one transaction.

    A run has the folder for itself: another one, from the command line or the UI, waits for its
    end, and fails with a message when that takes longer than `wait_seconds`.
    """

    data_dir: str
    wait_seconds: float = 600.0

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Warehouse"]:
        """Hold the run lock from the first step to the last."""
        run_id = context.run.run_id if context.run else ""
        with only_run(self.folder, run_id, self.wait_seconds) as left_over:
            if context.instance is not None:
                end_left_over(context.instance, left_over)
            yield self

    @property
    def folder(self) -> Path:
        """The data folder."""
        return Path(self.data_dir)

    @contextmanager
    def open(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The working file, with its tables in their present form."""
        with open_working(self.folder / WORKING_FILE) as connection:
            migrate(connection)
            yield connection

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A transaction on the working file: all of an asset's rows are stored, or none."""
        with self.open() as connection, transaction(connection):
            yield connection

    def publish(self) -> Publication:
        """Hand the marts to readers as a new snapshot behind `DIR/summit.duckdb`."""
        with self.open() as connection:
            return publish(connection, self.folder)


class Workers(dg.ConfigurableResource):  # type: ignore[type-arg]
    """How many processes work off the batches of one stage."""

    count: int = 0

    @property
    def number(self) -> int:
        """The configured number, or the number of cores."""
        return self.count or os.cpu_count() or 1


class Checks(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The process that validates suites; it starts with the run and ends with it."""

    data_dir: str
    _checker: Checker | None = PrivateAttr(default=None)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Checks"]:
        """Start the process while the first steps are at work."""
        with Checker(Path(self.data_dir) / "cache" / "passed_suites.json") as checker:
            self._checker = checker
            yield self
            self._checker = None

    @property
    def checker(self) -> Checker:
        """The running process.

        Raises:
            RuntimeError: outside a run.
        """
        if self._checker is None:
            raise RuntimeError("suites are validated within a run only")
        return self._checker


@dg.definitions
def resources() -> dg.Definitions:
    """The resources of every run."""
    return dg.Definitions(
        resources={
            "warehouse": Warehouse(data_dir=str(data_folder())),
            "suites": Checks(data_dir=str(data_folder())),
            "workers": Workers(count=int(os.environ.get("SUMMIT_WORKERS", "0"))),
        },
        # Dagster's default starts a process for each step: 29 s instead of 5 s for eight assets.
        executor=dg.in_process_executor,
    )
