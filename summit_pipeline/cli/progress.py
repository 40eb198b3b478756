"""The progress display of a run: a bar, and which table is being made."""

import os
import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class RunProgress:
    """Shows a run's steps as they end. Where the output is no terminal, it prints nothing."""

    def __init__(self) -> None:
        # Dagster redirects the process's output into its logs while a step runs, so the display
        # writes to the terminal through a descriptor of its own.
        self._out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
        console = Console(file=self._out)
        self._progress = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task("starting", total=None)

    def __enter__(self) -> "RunProgress":
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()
        self._out.close()

    def show(self, step: str, done: int, total: int) -> None:
        """Show that a step is at work: `done` of `total` steps have ended."""
        self._progress.update(self._task, description=step, completed=done, total=total)
