"""Assets of stage 3: claims and names, each a stretch of words."""

from collections.abc import Iterator

import dagster as dg

from summit_pipeline.defs.resources import Warehouse, Workers
from summit_pipeline.defs.table_assets import materialised, table_specs
from summit_pipeline.execution.stages import run_extract

TABLES = ("extract.claims", "extract.names")


@dg.multi_asset(specs=table_specs("extract", TABLES, ["normalise.texts"]))
def extract(warehouse: Warehouse, workers: Workers) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """Read amounts, dates, quotations, statuses and names from the clean texts."""
    with warehouse.transaction() as con:
        worked = run_extract(con, workers.number)
        yield from materialised(con, TABLES, {"versions_worked_off": worked.pending})
