"""The sensor that starts a run when a source's turn has come or a file has appeared.

Belongs here: from what is due to one run request, and what to do after a run that failed. Does not
belong here: what is due (`ingest.watching`).

A tick lists files and reads the fetch states of the published file, which no run ever locks. The
cursor holds the digests of files that a run has read with success, and what the last request asked
for; only the end of that run turns the one into the other, so nothing is lost with a failed run.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
from dagster import DagsterInstance, DagsterRunStatus, RunsFilter

from summit_pipeline import project
from summit_pipeline.defs.jobs import JOB_NAME
from summit_pipeline.defs.left_over_runs import end_left_over
from summit_pipeline.defs.resources import data_folder
from summit_pipeline.ingest.sources import SourceError, read_sources
from summit_pipeline.ingest.tables import FetchState
from summit_pipeline.ingest.watching import due_sources as look_at
from summit_pipeline.warehouse.connection import (
    NotPublishedError,
    WarehouseLockedError,
    open_published,
)
from summit_pipeline.warehouse.publishing import LINK_NAME
from summit_pipeline.warehouse.run_lock import left_over_run
from summit_pipeline.warehouse.source_book import read_book

RETRY_AFTER = timedelta(hours=1)
"""A run that failed is asked for again, since it has read nothing; but not at every tick."""

_RUN_KEY_TAG = "dagster/run_key"
_UNFINISHED = [
    DagsterRunStatus.QUEUED,
    DagsterRunStatus.NOT_STARTED,
    DagsterRunStatus.STARTING,
    DagsterRunStatus.STARTED,
    DagsterRunStatus.CANCELING,
]


@dataclass(slots=True)
class _Cursor:
    """What the sensor remembers: digests read, the digests asked for, and by which run key."""

    read: dict[str, str] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    run_key: str = ""
    failures: int = 0

    @classmethod
    def of(cls, text: str | None) -> "_Cursor":
        """Read a cursor; one that is none, as after a change of this code, starts afresh."""
        try:
            return cls(**json.loads(text or "{}"))
        except (ValueError, TypeError):
            return cls()

    @property
    def text(self) -> str:
        """The cursor as Dagster keeps it."""
        return json.dumps(asdict(self))


@dg.sensor(job_name=JOB_NAME, minimum_interval_seconds=60)
def due_sources(
    context: dg.SensorEvaluationContext,
) -> dg.SensorResult | dg.SkipReason:
    """Starts one run for all sources whose turn to be fetched has come or that have new files.

    It lists names, sizes and times and reads what is remembered of fetches; reading is the job's
    work. While a run is at work it asks for none.
    """
    folder = data_folder()
    end_left_over(context.instance, left_over_run(folder))
    try:
        sources = read_sources(project.sources_file())
        states = _states(folder)
    except (SourceError, WarehouseLockedError) as error:
        return dg.SkipReason(str(error))
    if context.instance.get_runs(RunsFilter(job_name=JOB_NAME, statuses=_UNFINISHED), limit=1):
        return dg.SkipReason("a run is at work or waits for its turn")
    cursor = _Cursor.of(context.cursor)
    now = datetime.now(UTC)
    again_at = _settle(cursor, context.instance, now)
    if again_at is not None:
        return _skip(cursor, f"the last run failed; asked for again at {again_at:%H:%M} UTC")
    due = look_at(sources, states, cursor.read, now.replace(tzinfo=None))
    if not due.names:
        return _skip(cursor, "; ".join(("no source is due", *due.problems)))
    for problem in due.problems:
        context.log.warning(problem)
    cursor.asked = dict(due.files)
    cursor.run_key = f"{due.digest}-{cursor.failures}"
    request = dg.RunRequest(
        run_key=cursor.run_key,
        run_config={"ops": {"ingest": {"config": {"only": due.names}}}},
    )
    return dg.SensorResult(run_requests=[request], cursor=cursor.text)


def _skip(cursor: _Cursor, reason: str) -> dg.SensorResult:
    return dg.SensorResult(skip_reason=dg.SkipReason(reason), cursor=cursor.text)


def _states(folder: Path) -> Mapping[str, FetchState]:
    """The fetch states of the published file; none before the first run."""
    try:
        with open_published(folder / LINK_NAME) as con:
            return read_book(con).states
    except NotPublishedError:
        return {}


def _settle(cursor: _Cursor, instance: DagsterInstance, now: datetime) -> datetime | None:
    """Learn how the run asked for last has ended; where it failed, when to ask again."""
    asked = RunsFilter(tags={_RUN_KEY_TAG: cursor.run_key})
    records = instance.get_run_records(asked, limit=1) if cursor.run_key else []
    for record in records:
        if record.dagster_run.is_success:
            cursor.read.update(cursor.asked)
            cursor.failures = 0
        else:
            ended = record.end_time or record.create_timestamp.timestamp()
            again_at = datetime.fromtimestamp(ended, UTC) + RETRY_AFTER
            if now < again_at:
                return again_at
            cursor.failures += 1  # Dagster starts no second run for a run key
    cursor.asked, cursor.run_key = {}, ""
    return None
