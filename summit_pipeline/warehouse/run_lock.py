"""One run at a time in a data folder, however runs are started.

Belongs here: the lock file `DIR/run.lock`. Does not belong here: the lock that DuckDB holds on a
file while it is open (`connection`); a run opens the working file many times, and between two of
its steps another run would find it half done.

The system drops the lock with its process, so a killed run blocks nobody. What it leaves in the
file is the id of a run that never ended; the next holder is told of it.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FILE_NAME = "run.lock"
_PAUSE_SECONDS = 0.2


class RunInProgressError(RuntimeError):
    """Another run is at work in the data folder; the message says which and what to do."""


@contextmanager
def only_run(folder: Path, run_id: str, wait_seconds: float) -> Iterator[str | None]:
    """Be the only run in a data folder while the block runs.

    Yields:
        The id of an earlier run that broke off without a word, if there is one.

    Raises:
        RunInProgressError: if another run is still at work after that time.
    """
    descriptor = _opened(folder)
    try:
        deadline = time.monotonic() + wait_seconds
        while not _locked(descriptor):
            if time.monotonic() >= deadline:
                raise RunInProgressError(_in_progress(folder, descriptor))
            time.sleep(_PAUSE_SECONDS)
        _, left_over = _read(descriptor)
        _write(descriptor, f"{os.getpid()} {run_id}")
        try:
            yield left_over if left_over != run_id else None
        finally:
            _write(descriptor, "")
    finally:
        os.close(descriptor)


def left_over_run(folder: Path) -> str | None:
    """The id of a run that broke off, if one did and no run is at work now; it is told once."""
    if not (folder / FILE_NAME).exists():
        return None
    descriptor = _opened(folder)
    try:
        if not _locked(descriptor):
            return None
        _, run_id = _read(descriptor)
        _write(descriptor, "")
        return run_id
    finally:
        os.close(descriptor)


def _opened(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    return os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o644)


def _locked(descriptor: int) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _read(descriptor: int) -> tuple[str, str | None]:
    """Process id and run id of the present or last holder."""
    process, _, run_id = os.pread(descriptor, 200, 0).decode("ascii", "replace").partition(" ")
    return process, run_id.strip() or None


def _write(descriptor: int, holder: str) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, holder.encode(), 0)


def _in_progress(folder: Path, descriptor: int) -> str:
    process, run_id = _read(descriptor)
    who = f"run {run_id} (process {process})" if run_id else "another run"
    return (
        f"{who} is at work in {folder}, and one run at a time may be. Wait until it has finished, "
        "or stop it; the published file can be read meanwhile."
    )
