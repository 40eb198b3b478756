"""Starting the main job from the command line, in this process, as a run that the UI shows.

Belongs here: from words of the command to a Dagster run and back. Does not belong here: what is
printed (`cli`).
"""

import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
from dagster import DagsterEvent, DagsterInstance

from summit_pipeline import project
from summit_pipeline.defs.jobs import JOB_NAME
from summit_pipeline.defs.resources import data_folder

WAIT_SECONDS = 20.0
"""How long a person at a terminal waits for another run; scheduled ones have more patience."""

ShowStep = Callable[[str, int, int], None]
"""Called as (step, steps ended, steps in all) when a step starts."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended; `failures` are sentences for a person."""

    run_id: str
    succeeded: bool
    failures: tuple[str, ...]


def run_main_job(
    *,
    inputs: Sequence[str],
    sources_file: Path,
    workers: int,
    on_step: ShowStep,
    fetch_pages: bool = False,
) -> Outcome:
    """Run the main job; the Dagster home is `$DAGSTER_HOME`."""
    os.environ[project.SOURCES_VARIABLE] = str(sources_file)  # its sources stand in the graph
    # Imported late: this module is itself one of those that `definitions` loads.
    from summit_pipeline.definitions import defs

    job = defs().resolve_job_def(JOB_NAME)
    handler = _StepHandler(len(job.nodes), on_step)

    def quiet_logger(_: dg.InitLoggerContext) -> logging.Logger:
        """Shows the steps of a run as they start; prints nothing itself."""
        quiet = logging.Logger("summit.progress")
        quiet.addHandler(handler)
        return quiet

    config = {
        "loggers": {"progress": {}},
        "ops": {
            "ingest": {
                "config": {
                    "inputs": list(inputs),
                    "fetch_pages": fetch_pages,
                    "sources_file": str(sources_file),
                }
            }
        },
        "resources": {
            "workers": {"config": {"count": workers}},
            "warehouse": {"config": {"data_dir": str(data_folder()), "wait_seconds": WAIT_SECONDS}},
        },
    }
    with DagsterInstance.get() as instance:
        result = job.with_logger_defs({"progress": dg.logger(quiet_logger)}).execute_in_process(
            instance=instance, raise_on_error=False, run_config=config
        )
    failed_steps = [reason_of(event) for event in result.all_events if event.is_step_failure]
    if not failed_steps:  # a run may fail before its first step
        failed_steps = [reason_of(event) for event in result.all_events if event.is_job_failure]
    failed_checks = [
        f"{check.asset_key.to_user_string()}: {check.check_name}: {check.description}"
        for check in result.get_asset_check_evaluations()
        if not check.passed and check.blocking
    ]
    return Outcome(result.run_id, result.success, (*failed_steps, *failed_checks))


def reason_of(failure: DagsterEvent) -> str:
    """What went wrong in a step, or before any: our own words, else those of the first error."""
    data = failure.step_failure_data if failure.is_step_failure else failure.job_failure_data
    error = data.error
    message = "no reason told"
    while error is not None:
        message = error.message.strip()
        if message.startswith("summit_pipeline."):  # such a message names the remedy, not the class
            message = message.partition(": ")[2]
            break
        error = error.cause
    return f"{failure.step_key}: {message}" if failure.step_key else message


class _StepHandler(logging.Handler):
    """Hands the starts of steps to the display."""

    def __init__(self, total: int, show: ShowStep) -> None:
        super().__init__()
        self._total = total
        self._show = show
        self._done = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Look for Dagster's events among the log records."""
        event = getattr(record, "dagster_event", None)
        if not isinstance(event, DagsterEvent) or event.step_key is None:
            return
        if event.is_step_start:
            self._show(event.step_key.replace("__", "."), self._done, self._total)
        elif event.is_step_success or event.is_step_failure or event.is_step_skipped:
            self._done += 1
