"""Opens the two DuckDB files: the private working file and the published one.

Belongs here: how a file is opened, waited for and refused. Does not belong here: what is in it
(`tables`), how it gets there (`store`), and how it is handed to readers (`publishing`).

While a process has a DuckDB file open for writing, no other process may open it. The working file
belongs to one run at a time; people read the published snapshot and never meet that lock.
"""

import re
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

# No extension is needed, and looking for one costs 1.5 s offline before it fails.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}

_HOLDER = re.compile(r"held in (?P<program>.+?) \(PID (?P<pid>\d+)\)")

# An orderly run holds the file to its end, so longer waits only hide the reason from the user; a
# process that is just closing the file lets go within a second.
WAIT_SECONDS = 4.0
_PAUSE_SECONDS = 0.2


class WarehouseLockedError(RuntimeError):
    """Another process has the file open; the message says which one and what to do."""


class NotPublishedError(RuntimeError):
    """There is no published file yet."""


def open_working(path: Path, wait_seconds: float = WAIT_SECONDS) -> duckdb.DuckDBPyConnection:
    """Open (or create) the working file for reading and writing.

    Args:
        path: the file; its folder is created.
        wait_seconds: how long to wait for another process to let go of it.

    Raises:
        WarehouseLockedError: if another process still holds it after that time.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    return _patiently(lambda: _connect(path, read_only=False), path, wait_seconds)


def open_published(path: Path, wait_seconds: float = WAIT_SECONDS) -> duckdb.DuckDBPyConnection:
    """Open the published file for reading.

    Raises:
        NotPublishedError: if nothing has been published there.
        WarehouseLockedError: if somebody has opened the snapshot for writing.
    """
    if not path.exists():
        raise NotPublishedError(f"{path} does not exist yet: `summit run` makes it.")
    return _patiently(lambda: _connect(path, read_only=True), path, wait_seconds)


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(path), read_only=read_only, config=_CONFIG)
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def _patiently(
    attempt: Callable[[], duckdb.DuckDBPyConnection], path: Path, wait_seconds: float
) -> duckdb.DuckDBPyConnection:
    """Try again while another process holds the file, then say who."""
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            return attempt()
        except duckdb.IOException as error:
            if "Could not set lock" not in str(error):
                raise
            if time.monotonic() >= deadline:
                raise WarehouseLockedError(_locked_message(path, str(error))) from error
        time.sleep(_PAUSE_SECONDS)


def _locked_message(path: Path, duckdb_message: str) -> str:
    holder = _HOLDER.search(duckdb_message)
    who = "another process"
    if holder:
        who = f"process {holder['pid']} ({Path(holder['program']).name})"
    return (
        f"{path} is held by {who}. Wait until it has finished, or stop it if it is a left-over. "
        "To query results meanwhile, open the published summit.duckdb, which is never locked."
    )
