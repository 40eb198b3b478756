"""The published file: the last asset, made only when every blocking check has passed."""

from datetime import UTC, datetime

import dagster as dg

from summit_pipeline.defs.marts.assets import MODELS
from summit_pipeline.defs.resources import Warehouse
from summit_pipeline.defs.table_assets import asset_key
from summit_pipeline.warehouse import ledger

_MARTS = [asset_key(model.full_name) for model in MODELS if model.schema == "marts"]

CANDIDATE = dg.AssetKey(["published", "candidate"])
PUBLISHED = dg.AssetKey(["published", "summit"])

# Totals, which Dagster plots over the runs; what is new in a run is the matter of the checks.
_TOTALS = """
SELECT
    (SELECT count(*) FROM marts.stories) AS stories,
    (SELECT count(*) FROM marts.documents) AS documents,
    (SELECT count(*) FROM marts.claims WHERE is_current) AS claims,
    (SELECT count(*) FROM marts.facts) AS facts,
    (SELECT count(*) FROM marts.disagreements WHERE severity = 'error') AS contradictions,
    (SELECT count(*) FROM marts.disagreements WHERE severity = 'warn') AS to_be_looked_at,
    (SELECT count(*) FROM marts.documents WHERE text_grade = 'spun') AS spun_documents
"""


@dg.asset(key=CANDIDATE, deps=_MARTS, group_name="marts", kinds={"duckdb"})
def candidate(warehouse: Warehouse) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """All marts of this run, complete but not yet published, with their totals."""
    with warehouse.open() as con:
        totals = con.sql(_TOTALS)
        counts = dict(zip(totals.columns, totals.fetchall()[0], strict=True))
    return dg.MaterializeResult(metadata=counts)


@dg.asset(key=PUBLISHED, deps=[CANDIDATE], group_name="marts", kinds={"duckdb", "file"})
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
