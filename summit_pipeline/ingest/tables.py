"""Rows that the ingest stage gives beside document versions: what documents are and how they came.

Belongs here: row classes of this stage's tables. Does not belong here: `DocumentVersion`, which
the next stage reads (see `vocabulary`), nor runs and quarantine (see `warehouse.ops_tables`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from summit_pipeline.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument(Row):
    """One article of one source, whatever its versions say."""

    key: ClassVar[tuple[str, ...]] = ("document_id",)

    document_id: Annotated[str, "hash of source and the names under which it was first seen"]
    source: Annotated[str, "name of the configured source"]
    locator: Annotated[str, "the source's own name for it: path below its folder, guid or URL"]
    identity_basis: Annotated[
        str, "what makes it the same document next time: guid, path, url, content"
    ]
    first_seen_at: Annotated[datetime, "when a run first saw it (UTC)"]
    first_run_id: Annotated[str, "the run that first saw it"]


NameKind = Literal["path", "guid", "address", "content"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentName(Row):
    """A name under which a document is found again; a document may have several."""

    key: ClassVar[tuple[str, ...]] = ("document_id", "kind", "name")

    document_id: Annotated[str, "the document"]
    source: Annotated[str, "name of the configured source"]
    kind: Annotated[NameKind, "what it is; content: a hash, where there is no other name"]
    name: Annotated[str, "the name: of an address its exact spelling, of content that of its bytes"]
    canonical: Annotated[str | None, "canonical spelling of an address, or hash of the text"]
    first_run_id: Annotated[str, "the run that first met it under this name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Row):
    """Bytes in which a version was delivered; known bytes are never read again.

    The bytes of a version's first delivery are kept with the version. Those of a later one that
    says the same (another counter, other markup) are not: their hash and size stand here.
    """

    key: ClassVar[tuple[str, ...]] = ("document_id", "delivery_hash")

    document_id: Annotated[str, "the document"]
    delivery_hash: Annotated[str, "hash of title field and body, as delivered"]
    version_id: Annotated[str, "the version that they say"]
    size: Annotated[int, "bytes of the body"]
    first_seen_at: Annotated[datetime, "when a run first met these bytes (UTC)"]
    first_run_id: Annotated[str, "that run"]
    item_hash: Annotated[
        str | None, "hash of the bytes and all names of the item, as delivered"
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone(Row):
    """A document was withdrawn: its publisher said so, or a person asked for it.

    Its versions and claims stay. Leaving a feed is no withdrawal. A document that its source shows
    again is no longer withdrawn, unless it was a person who asked.
    """

    key: ClassVar[tuple[str, ...]] = ("document_id", "withdrawn_at")

    document_id: Annotated[str, "the document"]
    withdrawn_at: Annotated[datetime, "when it was told or asked (UTC)"]
    reason: Annotated[str, "code of the reason: page.gone, feed.deleted, request"]
    detail: Annotated[str, "the reason in a sentence"]
    run_id: Annotated[str | None, "the run that met the notice; NULL where a person asked"]
    returned_at: Annotated[datetime | None, "when it was back (UTC); NULL while withdrawn"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Row):
    """A run saw a version of a document; a version may be seen in many runs."""

    key: ClassVar[tuple[str, ...]] = ("run_id", "version_id")

    run_id: Annotated[str, "the run"]
    source: Annotated[str, "name of the configured source"]
    document_id: Annotated[str, "the document"]
    version_id: Annotated[str, "the version that the source held"]
    seen_at: Annotated[datetime, "when (UTC)"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePlace(Row):
    """Where a source was last read. No file or folder named on the command line takes its name."""

    key: ClassVar[tuple[str, ...]] = ("source",)

    source: Annotated[str, "name of the source"]
    place: Annotated[str, "its address, or its resolved path"]


FetchStatus = Literal["new", "ok", "failing", "dead"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchState(Row):
    """What is remembered of a fetched source between runs; stored with what its fetch brought."""

    key: ClassVar[tuple[str, ...]] = ("source",)

    source: Annotated[str, "name of the configured source"]
    url: Annotated[str, "its address"]
    status: Annotated[FetchStatus, "dead: 30 failures over a week or more; tried once a day"] = (
        "new"
    )
    reason: Annotated[str | None, "code of the last failure"] = None
    etag: Annotated[str | None, "ETag of the last whole answer"] = None
    last_modified: Annotated[str | None, "Last-Modified of the last whole answer"] = None
    body_hash: Annotated[str | None, "SHA-256 of the last whole answer"] = None
    last_attempt_at: Annotated[datetime | None, "last fetch (UTC)"] = None
    last_full_at: Annotated[datetime | None, "last fetch that brought a whole answer (UTC)"] = None
    last_success_at: Annotated[datetime | None, "last fetch without a failure (UTC)"] = None
    next_due_at: Annotated[datetime | None, "not fetched before (UTC)"] = None
    failures: Annotated[float, "weight of the failures since the last success"] = 0.0
    failing_since: Annotated[datetime | None, "first of those failures (UTC)"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawBlob(Row):
    """Bytes that a fetch brought and that could not be used as a whole, or were cut.

    Kept so that nothing is lost when the address has moved on, and so that a person can have them
    read again. Of longer ones the first megabyte, of older ones of a source the head is kept.
    """

    key: ClassVar[tuple[str, ...]] = ("source", "body_hash")

    source: Annotated[str, "name of the source"]
    locator: Annotated[str, "address that they came from"]
    body_hash: Annotated[str, "SHA-256 of all bytes"]
    size: Annotated[int, "number of all bytes"]
    declared_encoding: Annotated[str | None, "encoding that the delivery stated"]
    first_seen_at: Annotated[datetime, "start of the run that first met them (UTC)"]
    last_seen_at: Annotated[datetime, "start of the run that last met them (UTC)"]
    body: Annotated[bytes, "the bytes, or the first of them"]

    @property
    def is_whole(self) -> bool:
        """Whether all bytes are kept."""
        return len(self.body) == self.size


ReadOutcome = Literal["read", "not_modified", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRead(Row):
    """What one source gave in one run; a source whose turn had not come has no row."""

    key: ClassVar[tuple[str, ...]] = ("run_id", "source")

    run_id: Annotated[str, "the run"]
    source: Annotated[str, "name of the source"]
    read_at: Annotated[datetime, "start of the run (UTC)"]
    outcome: Annotated[ReadOutcome, "not_modified: the server says that nothing has changed"]
    reason: Annotated[str | None, "code of the failure"]
    items: Annotated[int, "documents that it held, in a form that can be used"]
    new: Annotated[int, "documents among them that were seen for the first time"]
    changed: Annotated[int, "further versions of known documents"]
    quarantined: Annotated[int, "items that could not be used"]
