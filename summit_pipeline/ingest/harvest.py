"""From what was seen in a run to what is new: documents, versions, observations, and the sums.

Belongs here: what each thing seen means for the tables, and the counts. Does not belong here: which
document an item is (`identity`), when two texts are the same (`fingerprints`), reading, storing.

A version is one state of a document's visible text. Bytes that were delivered before are known
without looking into them; other bytes are compared by their visible text with every version of the
document, so that a text which goes back to an earlier wording is that version again, seen once
more. A version's id and bytes are those of its first delivery.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from hashlib import sha256

from summit_pipeline.ingest.fingerprints import Fingerprint, fingerprint, near_same
from summit_pipeline.ingest.identity import (
    KnownDocuments,
    Names,
    delivery_hash,
    item_hash,
    names_of,
    new_document_id,
    stored_names,
)
from summit_pipeline.ingest.items import Gone, Item, Rejection, Seen, Skipped
from summit_pipeline.ingest.tables import (
    Delivery,
    DocumentName,
    Observation,
    SourceDocument,
    Tombstone,
)
from summit_pipeline.text.identity import stable_id
from summit_pipeline.vocabulary import DocumentVersion


@dataclass(slots=True)
class Counts:
    """How a run's things add up: seen = new + changed + unchanged + quarantined + skipped.

    `seen` is counted where things come in, the others where it is told what they are; that they add
    up is checked in every run.
    """

    seen: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    quarantined: int = 0
    skipped: int = 0
    twins: int = 0  # of the unchanged: further copies of what the same run had seen already
    withdrawn: int = 0  # of the changed: withdrawals
    documents: int = 0  # distinct ones among what is new, changed and unchanged

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Counts)))


@dataclass(frozen=True, slots=True)
class Text:
    """What a visible text is found in: title field and body, with what is known of their form."""

    title: str | None
    body: bytes
    media_type: str
    declared_encoding: str | None


VisibleText = Callable[[Text], str]
"""The words that a reader sees, title first; empty where there are none."""

StoredTexts = Callable[[str], Sequence[tuple[str, Text]]]
"""The versions of a document that are stored so far: (version id, text)."""


@dataclass(slots=True)
class Harvest:
    """Rows that a part of a run brings in."""

    documents: list[SourceDocument] = field(default_factory=list)
    names: list[DocumentName] = field(default_factory=list)
    versions: list[DocumentVersion] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)


@dataclass(slots=True)
class Withdrawals:
    """What a run tells about withdrawn documents: new tombstones, and documents that are back."""

    tombstones: list[Tombstone] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Known:
    """What is stored of the sources of a run; it grows as the run goes on."""

    documents: KnownDocuments = field(default_factory=KnownDocuments)
    deliveries: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """Version ids by the hash of what was delivered, by document."""
    items: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Document and version by the hash of an item with its names."""
    withdrawn: dict[str, str] = field(default_factory=dict)
    """Withdrawn documents, with the reason."""


@dataclass(slots=True)
class _Wordings:
    """The versions of a document by what they say; likeness is asked of the latest ones only."""

    by_hash: dict[str, str] = field(default_factory=dict)
    latest: deque[Fingerprint] = field(default_factory=lambda: deque(maxlen=20))

    def add(self, version_id: str, words: Fingerprint) -> None:
        self.by_hash.setdefault(words.text_hash, version_id)
        self.latest.append(words)


REQUEST = "request"
"""Reason of a tombstone that a person asked for: only a person takes it back."""


class Harvester:
    """Tells new documents, changed ones and known ones apart, part by part of a run.

    Args:
        known: what is stored of the sources; it is added to.
        visible_text: how a text's visible words are found.
        stored_texts: the versions of a document that are stored so far, earlier parts of the run
            included.
        run_id: the run.
        at: the time of the run (UTC).

    A thing that appears twice in one run with the same text is a twin: it counts as unchanged. With
    another text it is a further version, in the order seen.
    """

    def __init__(
        self,
        known: Known,
        visible_text: VisibleText,
        stored_texts: StoredTexts,
        run_id: str,
        at: datetime,
    ) -> None:
        self.by_source: dict[str, Counts] = defaultdict(Counts)
        self._known = known
        self._visible_text = visible_text
        self._stored_texts = stored_texts
        self._run_id = run_id
        self._at = at
        self._observed: set[str] = set()  # versions
        self._present: set[str] = set()  # documents
        self._gone: list[Gone] = []
        self._part = Harvest()
        self._texts: dict[str, list[tuple[str, Text]]] = defaultdict(list)  # of this part
        self._wordings: dict[str, _Wordings] = {}

    @property
    def counts(self) -> Counts:
        """The sums of the run so far."""
        return sum(self.by_source.values(), Counts())

    def take(self, things: Iterable[Seen]) -> Harvest:
        """The rows that a part of the run's things gives, in their order."""
        self._part = Harvest()
        self._texts.clear()
        self._wordings.clear()
        for thing in things:
            counts = self.by_source[thing.source]
            counts.seen += 1
            if isinstance(thing, Rejection):
                counts.quarantined += 1
                self._part.rejections.append(thing)
            elif isinstance(thing, Skipped):
                counts.skipped += 1
            elif isinstance(thing, Gone):
                self._gone.append(thing)
            else:
                self._take_item(thing, counts)
        return self._part

    def finish(self) -> Withdrawals:
        """What the notices of withdrawal mean, once all has been seen; call it once, at the end."""
        found = Withdrawals()
        told: set[str] = set()
        for gone in self._gone:
            counts = self.by_source[gone.source]
            document_id = self._known.documents.of_notice(gone)
            if document_id is None:
                counts.skipped += 1
            elif document_id in told or document_id in self._known.withdrawn:
                counts.unchanged += 1
                told.add(document_id)
            else:
                counts.changed += 1
                counts.withdrawn += 1
                told.add(document_id)
                found.tombstones.append(self._tombstone(document_id, gone))
        back = self._present & self._known.withdrawn.keys() - told
        found.returned = sorted(d for d in back if self._known.withdrawn[d] != REQUEST)
        return found

    def _take_item(self, item: Item, counts: Counts) -> None:
        delivered = delivery_hash(item.title, item.body)
        known = self._known.items.get(item_hash(item, delivered))
        if known is not None:
            self._observe(item.source, *known, counts)
            return
        names = names_of(item, delivered)
        candidates = self._known.documents.candidates(item.source, names)
        for document_id in candidates:
            version_id = self._known.deliveries[document_id].get(names.content)
            if version_id is not None:
                self._observe(item.source, document_id, version_id, counts)
                return
        self._take_unknown_bytes(item, names, bool(candidates), counts)

    def _take_unknown_bytes(
        self, item: Item, names: Names, may_be_known: bool, counts: Counts
    ) -> None:
        """Store a delivery whose bytes are new; its words may be known."""
        is_nameless = names.basis == "content"
        if not may_be_known and not is_nameless:
            self._add_document(item, names, None, counts)
            return
        words = self._fingerprint(_text(item))
        if is_nameless:
            document_id = self._known.documents.same_text(item.source, words.text_hash)
        else:
            document_id = self._known.documents.choose(
                item.source, names, lambda known: self._is_near(known, words)
            )
        if document_id is None:
            self._add_document(item, names, words, counts)
            return
        self._add_names(document_id, item.source, names, words)
        version_id = self._wordings_of(document_id).by_hash.get(words.text_hash)
        if version_id is not None:
            self._add_delivery(document_id, version_id, item, names)
            self._observe(item.source, document_id, version_id, counts)
        else:
            counts.changed += 1
            version_id = self._add_version(document_id, item, names)
            self._wordings_of(document_id).add(version_id, words)

    def _is_near(self, document_id: str, words: Fingerprint) -> bool:
        return any(near_same(words, other) for other in self._wordings_of(document_id).latest)

    def _wordings_of(self, document_id: str) -> _Wordings:
        """What the versions of a document say, those of this part of the run included."""
        known = self._wordings.get(document_id)
        if known is None:
            known = self._wordings[document_id] = _Wordings()
            for version_id, text in self._stored_texts(document_id):
                known.add(version_id, self._fingerprint(text))
            for version_id, text in self._texts.get(document_id, ()):
                known.add(version_id, self._fingerprint(text))
        return known

    def _fingerprint(self, text: Text) -> Fingerprint:
        visible = self._visible_text(text)
        if visible.strip():
            return fingerprint(visible)
        # Nothing to read: the bytes are all there is to compare.
        return Fingerprint(sha256(text.body).hexdigest(), frozenset())

    def _observe(self, source: str, document_id: str, version_id: str, counts: Counts) -> None:
        """Note that a known version was seen."""
        counts.unchanged += 1
        if version_id in self._observed:
            counts.twins += 1
        self._add_observation(source, document_id, version_id)

    def _add_observation(self, source: str, document_id: str, version_id: str) -> None:
        if document_id not in self._present:
            self._present.add(document_id)
            self.by_source[source].documents += 1
        if version_id in self._observed:
            return
        self._observed.add(version_id)
        self._part.observations.append(
            Observation(
                run_id=self._run_id,
                source=source,
                document_id=document_id,
                version_id=version_id,
                seen_at=self._at,
            )
        )

    def _add_document(
        self, item: Item, names: Names, words: Fingerprint | None, counts: Counts
    ) -> None:
        counts.new += 1
        document_id = new_document_id(item.source, names)
        self._known.deliveries[document_id] = {}
        self._part.documents.append(
            SourceDocument(
                document_id=document_id,
                source=item.source,
                locator=item.locator,
                identity_basis=names.basis,
                first_seen_at=self._at,
                first_run_id=self._run_id,
            )
        )
        self._add_names(document_id, item.source, names, words)
        self._add_version(document_id, item, names)

    def _add_names(
        self, document_id: str, source: str, names: Names, words: Fingerprint | None
    ) -> None:
        for name in stored_names(names, words.text_hash if words else None):
            if self._known.documents.add(document_id, source, name):
                self._part.names.append(
                    DocumentName(
                        document_id=document_id,
                        source=source,
                        kind=name.kind,
                        name=name.exact,
                        canonical=name.canonical,
                        first_run_id=self._run_id,
                    )
                )

    def _add_version(self, document_id: str, item: Item, names: Names) -> str:
        version_id = stable_id(document_id, names.content)
        self._part.versions.append(
            DocumentVersion(
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
                body_hash=sha256(item.body).hexdigest(),
                first_seen_at=self._at,
                first_run_id=self._run_id,
                date_order=item.date_order,
                declared_language=item.language,
                notes=item.notes,
            )
        )
        self._texts[document_id].append((version_id, _text(item)))
        self._add_delivery(document_id, version_id, item, names)
        self._add_observation(item.source, document_id, version_id)
        return version_id

    def _add_delivery(self, document_id: str, version_id: str, item: Item, names: Names) -> None:
        whole = item_hash(item, names.content)
        self._known.deliveries[document_id][names.content] = version_id
        self._known.items[whole] = (document_id, version_id)
        self._part.deliveries.append(
            Delivery(
                document_id=document_id,
                delivery_hash=names.content,
                version_id=version_id,
                size=len(item.body),
                first_seen_at=self._at,
                first_run_id=self._run_id,
                item_hash=whole,
            )
        )

    def _tombstone(self, document_id: str, gone: Gone) -> Tombstone:
        return Tombstone(
            document_id=document_id,
            withdrawn_at=self._at,
            reason=gone.reason,
            detail=gone.detail,
            run_id=self._run_id,
        )


def _text(item: Item) -> Text:
    return Text(item.title, item.body, item.media_type, item.declared_encoding)
