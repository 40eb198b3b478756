"""Rows that the ingest stage gives beside document versions: documents and observations.

Belongs here: row classes of this stage's tables. Does not belong here: `DocumentVersion`, which
the next stage reads (see `vocabulary`), nor runs and quarantine (see `warehouse.ops_tables`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from summit_pipeline.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument(Row):
    """One article of one source, whatever its versions say."""

    key: ClassVar[tuple[str, ...]] = ("document_id",)

    document_id: Annotated[str, "hash of source and the document's own identity in it"]
    source: Annotated[str, "name of the configured source"]
    locator: Annotated[str, "the source's own name for it: path below its folder, guid or URL"]
    identity_basis: Annotated[str, "what makes it the same document next time: guid, url, path"]
    first_seen_at: Annotated[datetime, "when a run first saw it (UTC)"]
    first_run_id: Annotated[str, "the run that first saw it"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Row):
    """A run saw a version of a document; a version may be seen in many runs."""

    key: ClassVar[tuple[str, ...]] = ("run_id", "version_id")

    run_id: Annotated[str, "the run"]
    source: Annotated[str, "name of the configured source"]
    document_id: Annotated[str, "the document"]
    version_id: Annotated[str, "the version that the source held"]
    seen_at: Annotated[datetime, "when (UTC)"]
