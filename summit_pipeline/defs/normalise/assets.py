"""Assets of stage 2: decoded, clean, graded texts with exact offset maps."""

from collections.abc import Iterator

import dagster as dg

from summit_pipeline.defs.resources import Warehouse, Workers
from summit_pipeline.defs.table_assets import materialised, table_specs
from summit_pipeline.execution.stages import run_normalise

TABLES = ("normalise.texts", "normalise.text_issues")


@dg.multi_asset(specs=table_specs("normalise", TABLES, ["ingest.document_versions"]))
def normalise(warehouse: Warehouse, workers: Workers) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """Decode, clean and grade the versions that are new, or all after a change of the code."""
    with warehouse.transaction() as con:
        worked = run_normalise(con, workers.number)
        yield from materialised(con, TABLES, {"versions_worked_off": worked.pending})
