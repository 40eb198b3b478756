"""Articles in a warehouse of their own, as the stages before grouping leave them.

For the benchmark of grouping and for its tests: nothing is read from a source, nothing cleaned.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import duckdb

from summit_pipeline.reconcile.tables import StoryDocument
from summit_pipeline.rows import frame
from summit_pipeline.vocabulary import DocumentVersion, NormalisedText
from summit_pipeline.warehouse import store
from summit_pipeline.warehouse.migrations import migrate

Connection = duckdb.DuckDBPyConnection

_SEEN = datetime(2026, 1, 1)


@contextmanager
def warehouse() -> Iterator[Connection]:
    """A warehouse in memory without articles."""
    with duckdb.connect(":memory:") as con:
        con.execute("SET TimeZone = 'UTC'")
        migrate(con)
        con.execute("CREATE TABLE intermediate.versions (version_id VARCHAR, is_current BOOLEAN)")
        yield con


def put_articles(con: Connection, documents: Sequence[StoryDocument]) -> None:
    """Add documents, each in the version that it has."""
    store.insert(con, "ingest.document_versions", frame(DocumentVersion, map(_version, documents)))
    store.insert(con, "normalise.texts", frame(NormalisedText, map(_text, documents)))
    con.execute(
        "INSERT INTO intermediate.versions SELECT unnest($versions::VARCHAR[]), true",
        {"versions": [document.version_id for document in documents]},
    )


def take_articles(con: Connection, documents: Sequence[StoryDocument]) -> None:
    """Have other versions be current than those of these documents."""
    con.execute(
        "UPDATE intermediate.versions SET is_current = false WHERE version_id IN $versions",
        {"versions": [document.version_id for document in documents]},
    )


def _version(document: StoryDocument) -> DocumentVersion:
    return DocumentVersion(
        version_id=document.version_id,
        document_id=document.document_id,
        source=document.source,
        locator=document.document_id,
        outlet=document.outlet,
        url=document.url,
        media_type="text/plain",
        declared_encoding=None,
        title_field=document.title,
        published_field=None,
        body=b"",
        body_hash="",
        first_seen_at=_SEEN,
        first_run_id="run",
        date_order=None,
        notes=(),
    )


def _text(document: StoryDocument) -> NormalisedText:
    return NormalisedText(
        version_id=document.version_id,
        raw_text=document.raw_text,
        title_end_char=None,
        encoding="utf-8",
        encoding_basis="utf-8",
        title=document.title,
        title_start=None,
        title_end=None,
        clean_text=document.clean_text,
        runs=(),
        sentences=(),
        language=document.language,
        language_basis="",
        published_at=document.published_at,
        published_basis=document.published_basis,
        dateline_place=None,
        agencies=(),
        word_count=len(document.clean_text.split()),
        text_grade=document.text_grade,
        text_grade_score=None,
        text_grade_reason="",
    )
