"""The public tables of articles in memory, for figures about what users see.

Belongs here: laying the stages' rows into a warehouse and making the models. Does not belong here:
running the stages (`facts`), any figure.
"""

from typing import Any

import duckdb

from benchmarks.facts import document_version, reconcile_articles
from summit_pipeline.ingest.tables import SourceDocument
from summit_pipeline.normalise.pipeline import normalise_batch
from summit_pipeline.reconcile.tables import StoryMember
from summit_pipeline.rows import frame
from summit_pipeline.sql_runner.models import load_models
from summit_pipeline.sql_runner.runner import run_models
from summit_pipeline.vocabulary import DocumentVersion
from summit_pipeline.warehouse import migrations, store
from summit_pipeline.warehouse.tables import ALL_TABLES


def public_tables(articles: list[dict[str, Any]]) -> duckdb.DuckDBPyConnection:
    """A database in memory with all tables of the articles, grouped as their `story_id` says."""
    versions = [document_version(article) for article in articles]
    claims, reconciled = reconcile_articles(articles)
    frames = {
        "ingest.documents": frame(SourceDocument, [_document(v) for v in versions]),
        "ingest.document_versions": frame(DocumentVersion, versions),
        "normalise.texts": normalise_batch(frame(DocumentVersion, versions)).texts,
        "extract.claims": claims,
        "reconcile.story_members": frame(StoryMember, [_member(a) for a in articles]),
    }
    frames |= {f"reconcile.{n}": getattr(reconciled, n) for n in reconciled.__dataclass_fields__}
    con = duckdb.connect(":memory:")
    migrations.migrate(con)
    with store.transaction(con):
        for name, rows in frames.items():
            store.replace_all(con, name, rows)
    run_models(con, load_models(table.full_name for table in ALL_TABLES))
    return con


def _document(version: DocumentVersion) -> SourceDocument:
    return SourceDocument(
        document_id=version.document_id,
        source=version.source,
        locator=version.locator,
        identity_basis="benchmark",
        first_seen_at=version.first_seen_at,
        first_run_id=version.first_run_id,
    )


def _member(article: dict[str, Any]) -> StoryMember:
    return StoryMember(
        story_id=article["story_id"],
        event_id=article["story_id"],
        document_id=article["doc_id"],
        version_id=article["doc_id"],
        similarity=None,
    )
