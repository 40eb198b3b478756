"""Cutting a frame into batches and running a stage function on each through an `Executor`.

A stage function takes a frame and gives a value that can be pickled; it must not depend on how its
input is cut. The standard `concurrent.futures.Executor` is the one interface, so that a cluster's
executor (Dask's `Client.get_executor()`) can take the pool's place.
"""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import polars as pl

T = TypeVar("T")


class InlineExecutor(Executor):
    """An executor that runs each call at once, in the calling thread."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run the call; its result or exception is in the future when this returns."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def open_executor(workers: int) -> Iterator[Executor]:
    """An executor with so many workers; one worker means in line, without a second process.

    Workers are spawned, not forked: a fork of a process with running threads (Polars, Dagster) can
    hang on a lock that no thread of the child will ever release.
    """
    if workers <= 1:
        yield InlineExecutor()
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=workers, mp_context=context) as pool:
        yield pool


def batches(table: pl.DataFrame, size: int, by: str | None = None) -> Iterator[pl.DataFrame]:
    """Cut a frame into batches of about `size` rows; rows that share `by` stay together."""
    if by is None:
        yield from table.iter_slices(size)
        return
    parts: list[pl.DataFrame] = []
    rows = 0
    for part in table.partition_by(by, maintain_order=True):
        parts.append(part)
        rows += part.height
        if rows >= size:
            yield pl.concat(parts)
            parts, rows = [], 0
    if parts:
        yield pl.concat(parts)


def run_batches(function: Callable[..., T], calls: list[tuple[Any, ...]], workers: int) -> list[T]:
    """Run a function on each of the argument tuples; results in the order of the calls.

    A single call never leaves the process: starting workers costs more than it gives.
    """
    with open_executor(min(workers, len(calls))) as executor:
        futures = [executor.submit(function, *call) for call in calls]
        return [future.result() for future in futures]
