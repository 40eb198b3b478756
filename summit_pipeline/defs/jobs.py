"""The main job, and the schedule that re-runs it.

Belongs here: what a run comprises, and the times of whole runs. Does not belong here: assets, or
runs for what is due (`ingest.due_sources`).
"""

import dagster as dg

JOB_NAME = "summit"

summit_job = dg.define_asset_job(
    JOB_NAME,
    selection=dg.AssetSelection.all() | dg.AssetSelection.all_asset_checks(),
    description="From the sources to the published file, with all checks.",
    executor_def=dg.in_process_executor,
)

nightly = dg.ScheduleDefinition(
    name="nightly",
    job=summit_job,
    cron_schedule="17 3 * * *",  # not on the hour, when everybody else's jobs start
    description="Reads all enabled sources; unchanged input changes no row of the marts.",
)
