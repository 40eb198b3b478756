"""The published file: the last asset, made only when every blocking check has passed."""

from datetime import UTC, datetime

import dagster as dg

from summit_pipeline.defs.marts.assets import MODELS
from summit_pipeline.defs.resources import Warehouse
from summit_pipeline.defs.table_assets import asset_key
from summit_pipeline.warehouse import ledger

_MARTS = [asset_key(model.full_name) for model in MODELS if model.schema == "marts"]


@dg.asset(key=["published", "summit"], deps=_MARTS, group_name="marts", kinds={"duckdb", "file"})
def published(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """The file that people query: an immutable snapshot behind `DIR/summit.duckdb`."""
    with warehouse.transaction() as con:
        ledger.finish_run(con, context.run_id, datetime.now(UTC).replace(tzinfo=None))
    publication = warehouse.publish()
    return dg.MaterializeResult(
        metadata={
            "file": dg.MetadataValue.path(str(publication.link)),
            "snapshot": publication.snapshot.name,
            "marts_changed": publication.marts_changed,
        }
    )
