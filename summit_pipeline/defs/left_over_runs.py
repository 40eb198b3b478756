"""Runs whose process was killed: to Dagster they run for ever, and others queue behind them.

Belongs here: ending such a run in Dagster's records. Does not belong here: finding it
(`warehouse.run_lock`).
"""

from pathlib import Path

from dagster import DagsterInstance

_MESSAGE = (
    "Its process ended without a word: killed, or the machine went down. What it had not stored "
    "is read again by the next run; the published file is as it was."
)


def end_left_over(instance: DagsterInstance, run_id: str | None) -> None:
    """Mark the run as failed, unless Dagster knows its end or does not know it at all."""
    run = instance.get_run_by_id(run_id) if run_id else None
    if run is not None and not run.is_finished:
        instance.report_run_failed(run, _MESSAGE)


def end_left_over_in(home: Path, run_id: str) -> None:
    """The same in the records of a Dagster home."""
    with DagsterInstance.from_config(str(home)) as instance:
        end_left_over(instance, run_id)
