"""The reconcile stage of a run: grouping all documents, then working off the stories that changed.

A story is worked off again when its members or any code before it have changed; `ops.reconciled`
holds the signature of what each story was made from. So a run's cost depends on what is new, not on
the history.

Belongs here: which stories are pending, and storing what they give. Does not belong here: rules
(`reconcile`), the earlier stages (`stages`).
"""

from collections.abc import Sequence

import duckdb
import polars as pl

from summit_pipeline.execution.batches import batches, run_batches
from summit_pipeline.execution.code_version import code_version
from summit_pipeline.execution.id_changes import (
    read_findings,
    record_finding_changes,
    record_story_changes,
)
from summit_pipeline.reconcile.outlet_accuracies import outlet_accuracies
from summit_pipeline.reconcile.pipeline import Reconciled, group, reconcile_batch
from summit_pipeline.reconcile.tables import OutletAccuracy, StoryDocument, StoryMember
from summit_pipeline.rows import frame, polars_schema
from summit_pipeline.text.identity import stable_id
from summit_pipeline.warehouse import store

Connection = duckdb.DuckDBPyConnection

BATCH_DOCUMENTS = 100
"""Documents in a batch of whole stories: several seconds of work, well above a worker's start."""

# Which version is current is told in one place, the model that `marts` reads too.
_STORY_DOCUMENTS = """
SELECT v.document_id, v.version_id, v.source, v.outlet, v.url, t.* EXCLUDE (version_id),
    v.document_id IN (
        SELECT document_id FROM ingest.tombstones WHERE returned_at IS NULL
    ) AS is_withdrawn
FROM intermediate.versions n
JOIN ingest.document_versions v USING (version_id)
JOIN normalise.texts t USING (version_id)
WHERE n.is_current
ORDER BY v.document_id
"""

# How the rows of a story that is no longer as it was are found, table by table, in this order:
# values know only their fact, so they go before it.
_OUTDATED = {
    "fact_values": "fact_id IN (SELECT fact_id FROM reconcile.facts "
    "WHERE story_id NOT IN (SELECT story_id FROM _summit_kept))",
    "slotted_claims": "story_id NOT IN (SELECT story_id FROM _summit_kept)",
    "relations": "story_id NOT IN (SELECT story_id FROM _summit_kept)",
    "facts": "story_id NOT IN (SELECT story_id FROM _summit_kept)",
    "disagreements": "story_id NOT IN (SELECT story_id FROM _summit_kept)",
    "judgements": "version_id NOT IN (SELECT version_id FROM _summit_kept)",
    "sibling_issues": "version_id NOT IN (SELECT version_id FROM _summit_kept)",
    "origin_evidence": "document_id NOT IN (SELECT document_id FROM _summit_kept)",
    "quotation_wordings": "document_id NOT IN (SELECT document_id FROM _summit_kept)",
}


def run_stories(con: Connection) -> int:
    """Group the current versions of all documents into stories; returns their number."""
    documents = story_documents(con)
    names = _of_versions(store.read(con, "extract.names"), documents)
    members = frame(StoryMember, group(documents, names))
    before = store.read(con, "reconcile.story_members")
    store.replace_all(con, "reconcile.story_members", members)
    record_story_changes(con, before, members)
    return members.get_column("story_id").n_unique()


def run_reconcile(con: Connection, workers: int) -> int:
    """Reconcile the stories that are new or changed; returns their number."""
    members = store.read(con, "reconcile.story_members").select("version_id", "story_id")
    documents = story_documents(con).join(members, on="version_id").sort("story_id", "document_id")
    signatures = _signatures(documents)
    known = store.read(con, "ops.reconciled")
    kept = documents.join(
        signatures.join(known, on=["story_id", "signature"], how="semi"), on="story_id", how="semi"
    )
    pending = documents.join(kept, on="story_id", how="anti").sort("story_id", "document_id")
    outdated = known.join(kept, on="story_id", how="anti")
    before = read_findings(con, outdated)
    _remove_outdated(con, kept)
    _store(con, _reconcile(con, pending, workers))
    record_finding_changes(con, before, read_findings(con, pending))
    store.replace_all(
        con, "reconcile.outlet_accuracies", frame(OutletAccuracy, outlet_accuracies())
    )
    store.replace_all(con, "ops.reconciled", signatures)
    return pending.get_column("story_id").n_unique()


def story_documents(con: Connection) -> pl.DataFrame:
    """The current version of each document, as the reconcile stage reads it."""
    documents: pl.DataFrame = con.sql(_STORY_DOCUMENTS).pl()
    return documents.select(polars_schema(StoryDocument).names())


def _signatures(documents: pl.DataFrame) -> pl.DataFrame:
    """What each story is made from.

    Its versions, which of them are withdrawn, and the code of this stage and those before.
    """
    code = [code_version(stage) for stage in ("normalise", "extract", "reconcile")]
    rows = [
        (story_id, stable_id(*code, *sorted(versions), "withdrawn", *sorted(withdrawn)))
        for story_id, versions, withdrawn in documents.group_by("story_id", maintain_order=True)
        .agg("version_id", pl.col("version_id").filter("is_withdrawn").alias("withdrawn"))
        .iter_rows()
    ]
    return pl.DataFrame(rows, schema=store.schema_of("ops.reconciled"), orient="row")


def _reconcile(con: Connection, pending: pl.DataFrame, workers: int) -> list[Reconciled]:
    claims = _of_versions(store.read(con, "extract.claims"), pending)
    names = _of_versions(store.read(con, "extract.names"), pending)
    calls = [
        (part, _of_versions(claims, part), _of_versions(names, part))
        for part in batches(pending, BATCH_DOCUMENTS, by="story_id")
    ]
    return run_batches(reconcile_batch, calls, workers)


def _remove_outdated(con: Connection, kept: pl.DataFrame) -> None:
    con.register("_summit_kept", kept.select("story_id", "version_id", "document_id"))
    for name, condition in _OUTDATED.items():
        con.execute(f"DELETE FROM reconcile.{name} WHERE {condition}").fetchall()
    con.unregister("_summit_kept")


def _store(con: Connection, results: Sequence[Reconciled]) -> None:
    for name in Reconciled.__dataclass_fields__:
        for result in results:
            rows: pl.DataFrame = getattr(result, name)
            stored = store.insert_new(con, f"reconcile.{name}", rows)
            if stored != rows.height:
                raise store.BatchError(
                    f"reconcile.{name}: {rows.height - stored} rows of stories made anew were "
                    "there already"
                )


def _of_versions(table: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    return table.join(documents.select("version_id"), on="version_id", how="semi")
