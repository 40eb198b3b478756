"""From what was seen in a run to what is new: documents, versions, observations, and the sums.

Belongs here: identity and versions. Does not belong here: reading (`folder`, `jsonl`), storing.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from summit_pipeline.ingest.items import Gone, Item, Rejection, Seen, Skipped
from summit_pipeline.ingest.tables import Observation, SourceDocument
from summit_pipeline.text.identity import stable_id
from summit_pipeline.vocabulary import DocumentVersion


@dataclass(frozen=True, slots=True)
class Counts:
    """How a run's items add up: seen = new + changed + unchanged + quarantined + skipped."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    quarantined: int = 0
    skipped: int = 0

    @property
    def seen(self) -> int:
        """All items that the run's sources held."""
        return self.new + self.changed + self.unchanged + self.quarantined + self.skipped


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a run brings in."""

    documents: tuple[SourceDocument, ...]
    versions: tuple[DocumentVersion, ...]
    observations: tuple[Observation, ...]
    rejections: tuple[Rejection, ...]
    skipped: tuple[Skipped, ...]
    counts: Counts


def harvest(
    seen: Iterable[Seen],
    known: Mapping[str, Collection[str]],
    run_id: str,
    at: datetime,
) -> Harvest:
    """Tell new documents, changed ones and known ones apart.

    Args:
        seen: everything that the sources hold, in their order.
        known: the version ids that are stored already, by document id.
        run_id: the run.
        at: the time of the run (UTC).

    A document that appears twice in one run with the same content is one observation more and
    counts as unchanged; with other content it is a further version, in the order seen.
    """
    versions_of = {document: set(versions) for document, versions in known.items()}
    documents: list[SourceDocument] = []
    versions: list[DocumentVersion] = []
    observations: dict[str, Observation] = {}
    rejections: list[Rejection] = []
    skipped: list[Skipped] = []
    tally = dict.fromkeys(("new", "changed", "unchanged"), 0)
    for thing in seen:
        if isinstance(thing, Rejection):
            rejections.append(thing)
            continue
        if isinstance(thing, Gone):
            skipped.append(Skipped(thing.source, thing.locator, thing.detail))
            continue
        if isinstance(thing, Skipped):
            skipped.append(thing)
            continue
        document_id = stable_id(thing.source, thing.identity)
        version_id = stable_id(document_id, _content_hash(thing))
        known_versions = versions_of.get(document_id)
        if known_versions is None:
            tally["new"] += 1
            versions_of[document_id] = set()
            documents.append(_document(document_id, thing, run_id, at))
        elif version_id in known_versions:
            tally["unchanged"] += 1
        else:
            tally["changed"] += 1
        if version_id not in versions_of[document_id]:
            versions_of[document_id].add(version_id)
            versions.append(_version(document_id, version_id, thing, run_id, at))
        observations.setdefault(
            version_id,
            Observation(
                run_id=run_id,
                source=thing.source,
                document_id=document_id,
                version_id=version_id,
                seen_at=at,
            ),
        )
    counts = Counts(quarantined=len(rejections), skipped=len(skipped), **tally)
    return Harvest(
        tuple(documents),
        tuple(versions),
        tuple(observations.values()),
        tuple(rejections),
        tuple(skipped),
        counts,
    )


def _content_hash(item: Item) -> str:
    """A hash of what a reader sees: the title and the body."""
    digest = hashlib.sha256((item.title or "").encode("utf-8", "replace") + b"\x1f")
    digest.update(item.body)
    return digest.hexdigest()


def _document(document_id: str, item: Item, run_id: str, at: datetime) -> SourceDocument:
    return SourceDocument(
        document_id=document_id,
        source=item.source,
        locator=item.locator,
        identity_basis=item.identity_basis,
        first_seen_at=at,
        first_run_id=run_id,
    )


def _version(
    document_id: str, version_id: str, item: Item, run_id: str, at: datetime
) -> DocumentVersion:
    return DocumentVersion(
        version_id=version_id,
        document_id=document_id,
        source=item.source,
        locator=item.locator,
        outlet=item.outlet,
        url=item.url,
        media_type=item.media_type,
        declared_encoding=item.declared_encoding,
        title_field=item.title,
        published_field=item.published,
        body=item.body,
        body_hash=hashlib.sha256(item.body).hexdigest(),
        first_seen_at=at,
        first_run_id=run_id,
        date_order=item.date_order,
        notes=item.notes,
    )
