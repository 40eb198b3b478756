"""The main job, the schedule that re-runs it, and the sensor for new files.

Belongs here: when things run. Does not belong here: what runs (the assets).
"""

import dagster as dg

from summit_pipeline import project
from summit_pipeline.ingest.sources import SourceError, read_sources
from summit_pipeline.ingest.watching import watched_files

JOB_NAME = "summit"

summit_job = dg.define_asset_job(
    JOB_NAME,
    selection=dg.AssetSelection.all() | dg.AssetSelection.all_asset_checks(),
    description="From the sources to the published file, with all checks.",
    executor_def=dg.in_process_executor,
)

hourly = dg.ScheduleDefinition(
    name="hourly",
    job=summit_job,
    cron_schedule="7 * * * *",  # not on the hour, when everybody else's jobs start
    description="Reads the enabled sources again; unchanged input changes no row of the marts.",
)


@dg.sensor(job=summit_job, minimum_interval_seconds=60)
def new_files(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Starts a run when a file appears or changes in a source with `watch = true`.

    It only lists names, sizes and times; reading is the job's work.
    """
    try:
        sources = read_sources(project.FOLDER / "sources.toml")
    except SourceError as error:
        return dg.SkipReason(str(error))
    seen = watched_files(sources)
    if not seen.sources:
        return dg.SkipReason("no files in the watched sources")
    if seen.digest == context.cursor:
        return dg.SkipReason(f"nothing new in {', '.join(seen.sources)}")
    request = dg.RunRequest(
        run_key=seen.digest,
        run_config={"ops": {"ingest": {"config": {"only": list(seen.sources)}}}},
    )
    return dg.SensorResult(run_requests=[request], cursor=seen.digest)


@dg.definitions
def jobs() -> dg.Definitions:
    """The job with its schedule and sensor, which are switched on in the UI."""
    return dg.Definitions(jobs=[summit_job], schedules=[hourly], sensors=[new_files])
