"""What the working file knows of documents, read for a run and added to by it.

Belongs here: reading `ingest` tables into `harvest.Known`, storing what a run brought, withdrawals.
Does not belong here: what is new (`ingest.harvest`), runs and quarantine (`ledger`, `quarantine`).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import duckdb

from summit_pipeline.ingest.harvest import REQUEST, Harvest, Known, Text, Withdrawals
from summit_pipeline.ingest.identity import Name
from summit_pipeline.ingest.tables import (
    Delivery,
    DocumentName,
    Observation,
    SourceDocument,
    Tombstone,
)
from summit_pipeline.rows import frame
from summit_pipeline.vocabulary import DocumentVersion
from summit_pipeline.warehouse import store

Connection = duckdb.DuckDBPyConnection

_NAMES = """
SELECT document_id, source, kind, name, canonical FROM ingest.document_names
WHERE list_contains($sources, source) ORDER BY document_id, kind, name
"""

_DELIVERIES = """
SELECT document_id, delivery_hash, version_id, item_hash FROM ingest.deliveries
WHERE document_id IN (
    SELECT document_id FROM ingest.documents WHERE list_contains($sources, source)
)
"""

_WITHDRAWN = """
SELECT document_id, reason FROM ingest.tombstones JOIN ingest.documents USING (document_id)
WHERE returned_at IS NULL AND list_contains($sources, source)
"""

_TEXTS = """
SELECT version_id, title_field, body, media_type, declared_encoding FROM ingest.document_versions
WHERE document_id = $document ORDER BY first_seen_at, version_id
"""


def read_known(con: Connection, sources: Iterable[str]) -> Known:
    """What is stored of these sources."""
    chosen = {"sources": sorted(set(sources))}
    known = Known()
    for document_id, source, kind, name, canonical in con.sql(_NAMES, params=chosen).fetchall():
        known.documents.add(document_id, source, Name(kind, name, canonical))
    for document_id, delivered, version_id, item in con.sql(_DELIVERIES, params=chosen).fetchall():
        known.deliveries[document_id][delivered] = version_id
        if item is not None:
            known.items[item] = (document_id, version_id)
    known.withdrawn.update(con.sql(_WITHDRAWN, params=chosen).fetchall())
    return known


def stored_texts(con: Connection, document_id: str) -> list[tuple[str, Text]]:
    """The versions of a document, oldest first, with their bytes."""
    rows = con.sql(_TEXTS, params={"document": document_id}).fetchall()
    return [(version_id, Text(*text)) for version_id, *text in rows]


def not_before(con: Connection, at: datetime) -> datetime:
    """The time, or just after the latest observation where the clock has been set back.

    What a run sees comes after what earlier runs saw, whatever the clock says: which version of a
    document is current depends on it.
    """
    latest = con.sql("SELECT max(seen_at) FROM ingest.observations").fetchall()[0][0]
    return at if latest is None or latest < at else latest + timedelta(microseconds=1)


def store_harvest(con: Connection, brought: Harvest) -> None:
    """Store the rows of a part of a run."""
    store.insert_new(con, "ingest.documents", frame(SourceDocument, brought.documents))
    store.insert_new(con, "ingest.document_names", frame(DocumentName, brought.names))
    store.insert_new(con, "ingest.document_versions", frame(DocumentVersion, brought.versions))
    store.insert_new(con, "ingest.deliveries", frame(Delivery, brought.deliveries))
    store.insert_new(con, "ingest.observations", frame(Observation, brought.observations))


def store_withdrawals(con: Connection, found: Withdrawals, at: datetime) -> None:
    """Store new tombstones, and mark those of documents that are back."""
    store.insert_new(con, "ingest.tombstones", frame(Tombstone, found.tombstones))
    con.execute(
        "UPDATE ingest.tombstones SET returned_at = $at "
        "WHERE returned_at IS NULL AND list_contains($documents, document_id)",
        {"at": at, "documents": found.returned},
    ).fetchall()


class NoSuchDocumentError(LookupError):
    """No document, or more than one, has an id that begins so."""


def withdraw(con: Connection, begins: str, reason: str, at: datetime) -> str:
    """Mark a document as withdrawn because a person asks; returns its locator.

    Raises:
        NoSuchDocumentError: if the id fits none or several.
    """
    document_id, locator = _document(con, begins)
    take_back(con, document_id, at)
    tombstone = Tombstone(
        document_id=document_id, withdrawn_at=at, reason=REQUEST, detail=reason, run_id=None
    )
    store.insert_new(con, "ingest.tombstones", frame(Tombstone, [tombstone]))
    return locator


def take_back(con: Connection, begins: str, at: datetime) -> str:
    """A document is no longer withdrawn, whoever had said so; returns its locator.

    Raises:
        NoSuchDocumentError: if the id fits none or several.
    """
    document_id, locator = _document(con, begins)
    store_withdrawals(con, Withdrawals(returned=[document_id]), at)
    return locator


def _document(con: Connection, begins: str) -> tuple[str, str]:
    found = con.sql(
        "SELECT document_id, locator FROM ingest.documents WHERE starts_with(document_id, $begins)",
        params={"begins": begins},
    ).fetchall()
    if not begins or len(found) != 1:
        what = "no document has" if not found else f"{len(found)} documents have"
        raise NoSuchDocumentError(
            f"{what} an id that begins with '{begins}'; marts.documents has the ids"
        )
    return str(found[0][0]), str(found[0][1])
