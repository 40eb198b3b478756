"""The reconcile stage of a run: grouping all documents, then working off the stories that changed.

A story is worked off again when its members or any code before it have changed; `ops.reconciled`
holds the signature of what each story was made from. So a run's cost depends on what is new, not on
the history.

Belongs here: working off what is pending, and storing what it gives. Does not belong here: rules
(`reconcile`), the earlier stages (`stages`).
"""

from collections.abc import Sequence

import duckdb
import polars as pl

from summit_pipeline.execution.batches import batches, run_batches
from summit_pipeline.execution.grouping import regroup
from summit_pipeline.execution.id_changes import (
    read_findings,
    record_finding_changes,
    record_story_changes,
)
from summit_pipeline.execution.story_rows import (
    StoryRows,
    compare_stories,
    mark_worked_off,
    read_stories,
    remove_outdated,
)
from summit_pipeline.reconcile.deciding.fact_confidence import fact_confidences
from summit_pipeline.reconcile.outlet_accuracies import outlet_accuracies
from summit_pipeline.reconcile.pipeline import Reconciled, reconcile_batch
from summit_pipeline.reconcile.tables import FactConfidence, OutletAccuracy
from summit_pipeline.rows import frame
from summit_pipeline.warehouse import store

Connection = duckdb.DuckDBPyConnection

BATCH_DOCUMENTS = 100
"""Documents in a batch of whole stories: several seconds of work, well above a worker's start."""


def run_stories(con: Connection) -> int:
    """Group the current versions of all documents into stories; returns their number."""
    changed = regroup(con)
    record_story_changes(con, changed.before, changed.after)
    record_story_changes(con, changed.before, changed.after, "event")
    [(stories,)] = con.sql(
        "SELECT count(DISTINCT story_id) FROM reconcile.story_members"
    ).fetchall()
    return int(stories)


def run_reconcile(con: Connection, workers: int) -> int:
    """Reconcile the stories that are new or changed; returns their number."""
    stories = compare_stories(con)
    before = read_findings(con, stories.outdated)
    remove_outdated(con, stories)
    _store(con, _reconcile(read_stories(con, stories.pending), workers))
    record_finding_changes(con, before, read_findings(con, stories.pending))
    store.replace_all(
        con, "reconcile.outlet_accuracies", frame(OutletAccuracy, outlet_accuracies())
    )
    store.replace_all(con, "reconcile.fact_confidences", frame(FactConfidence, fact_confidences()))
    mark_worked_off(con, stories)
    return stories.pending.height


def _reconcile(rows: StoryRows, workers: int) -> list[Reconciled]:
    calls = [
        (part, _of_versions(rows.claims, part), _of_versions(rows.names, part))
        for part in batches(rows.documents, BATCH_DOCUMENTS, by="story_id")
    ]
    return run_batches(reconcile_batch, calls, workers)


def _store(con: Connection, results: Sequence[Reconciled]) -> None:
    for name in Reconciled.__dataclass_fields__:
        for result in results:
            store.insert(con, f"reconcile.{name}", getattr(result, name))


def _of_versions(table: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    return table.join(documents.select("version_id"), on="version_id", how="semi")
