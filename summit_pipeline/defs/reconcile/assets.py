"""Assets of stage 4: stories, and what their documents' claims come to."""

from collections.abc import Iterator

import dagster as dg

from summit_pipeline.defs.resources import Warehouse, Workers
from summit_pipeline.defs.table_assets import materialised, table_specs
from summit_pipeline.execution.reconciling import run_reconcile, run_stories

STORIES = ("reconcile.story_members",)

TABLES = (
    "reconcile.judgements",
    "reconcile.sibling_issues",
    "reconcile.origin_evidence",
    "reconcile.slotted_claims",
    "reconcile.relations",
    "reconcile.facts",
    "reconcile.fact_values",
    "reconcile.quotation_wordings",
    "reconcile.outlet_accuracies",
    "reconcile.fact_confidences",
)


# Which version of a document is the current one is told by a model.
_STORY_DEPS = ("intermediate.versions", "normalise.texts")


@dg.multi_asset(specs=table_specs("reconcile", STORIES, _STORY_DEPS))
def stories(warehouse: Warehouse) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """Group the documents that report one event."""
    with warehouse.transaction() as con:
        count = run_stories(con)
        yield from materialised(con, STORIES, {"stories": count})


@dg.multi_asset(
    specs=table_specs("reconcile", TABLES, [*STORIES, "extract.claims", "extract.names"])
)
def reconcile(warehouse: Warehouse, workers: Workers) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """Find origins, slots, relations and facts, story by story."""
    with warehouse.transaction() as con:
        worked = run_reconcile(con, workers.number)
        yield from materialised(con, TABLES, {"stories_worked_off": worked})
