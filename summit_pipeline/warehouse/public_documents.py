"""Rows of the public tables about articles: stories, documents, versions, damage, origins, outlets.

Belongs here: columns, types, keys, allowed values and descriptions that users read. Does not belong
here: the public tables on what is said (`public_facts`), the SQL that fills them (`dbt_like_sql`).

A column may be added; none is renamed or removed once the contract is frozen.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar

from summit_pipeline.rows import Row
from summit_pipeline.vocabulary import IssueKind, TextGrade
from summit_pipeline.warehouse.ops_tables import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStory(Row):
    """What one or more documents report: one event, or some that are linked."""

    key: ClassVar[tuple[str, ...]] = ("story_id",)

    story_id: Annotated[str, "hash of the story's earliest member"]
    title: Annotated[str, "title of its earliest undamaged document, else its first words"]
    first_published_at: Annotated[datetime | None, "earliest publication time among its documents"]
    last_published_at: Annotated[datetime | None, "latest publication time among its documents"]
    document_count: Annotated[int, "documents that report it"]
    outlet_count: Annotated[int, "outlets that report it"]
    origin_count: Annotated[int, "independent origins behind them"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicEvent(Row):
    """One happening: a story, or the part of one that has names, numbers or deeds of its own."""

    key: ClassVar[tuple[str, ...]] = ("event_id",)

    event_id: Annotated[str, "hash of the event's earliest member"]
    story_id: Annotated[str, "the story it is part of"]
    title: Annotated[str, "title of its earliest undamaged document, else its first words"]
    first_published_at: Annotated[datetime | None, "earliest publication time among its documents"]
    last_published_at: Annotated[datetime | None, "latest publication time among its documents"]
    document_count: Annotated[int, "documents that report it"]
    outlet_count: Annotated[int, "outlets that report it"]
    origin_count: Annotated[int, "independent origins behind them"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDocument(Row):
    """One article, in its current version."""

    key: ClassVar[tuple[str, ...]] = ("document_id",)

    document_id: Annotated[str, "hash of source and the document's own identity in it"]
    version_id: Annotated[str, "its current version"]
    locator: Annotated[str, "the source's own name for it: path below its folder, guid or URL"]
    source: Annotated[str, "name of the configured source"]
    outlet: Annotated[str, "who published it, where known; else the file's or source's own name"]
    origin: Annotated[str | None, "independent voice behind the text: agency, or the outlet itself"]
    origin_basis: Annotated[str | None, "evidence for the origin, in words"]
    language: Annotated[str, "ISO 639-1 code, 'und' when undecided; only English has claims"]
    title: Annotated[str | None, "title"]
    url: Annotated[str | None, "address, as delivered"]
    published_at: Annotated[datetime | None, "publication time (UTC), NULL rather than a guess"]
    published_basis: Annotated[str, "where that time comes from, or why there is none"]
    reference_date: Annotated[date | None, "day that 'Friday' is resolved against"]
    reference_basis: Annotated[str | None, "where the reference date comes from"]
    story_id: Annotated[str | None, "the story it reports"]
    word_count: Annotated[int, "words of the clean text"]
    text_grade: Annotated[TextGrade, "whether the wording can be trusted"]
    text_grade_score: Annotated[float | None, "score behind the grade; NULL when not judged"]
    text_grade_reason: Annotated[str, "the grade in words, with its evidence"]
    first_seen_at: Annotated[datetime, "when a run first saw the document (UTC)"]
    first_run_id: Annotated[str, "the run that first saw the document"]
    title_end_char: Annotated[
        int | None, "end of the title put before the body; NULL where the body holds its own title"
    ]
    raw_text: Annotated[str, "decoded text; all offsets point into it"]
    withdrawn_at: Annotated[
        datetime | None, "since when its publisher, or a person, has withdrawn it (UTC)"
    ] = None
    event_id: Annotated[str | None, "the event it reports, within its story"] = None
    review: Annotated[Verdict | None, "a person's latest verdict; NULL: not reviewed"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDocumentVersion(Row):
    """One state of one article; older states stay."""

    key: ClassVar[tuple[str, ...]] = ("version_id",)

    version_id: Annotated[str, "hash of document and content"]
    document_id: Annotated[str, "the document"]
    is_current: Annotated[bool, "whether it is the document's current version"]
    version_number: Annotated[int, "1 is the document's first version"]
    source: Annotated[str, "name of the configured source"]
    locator: Annotated[str, "the source's own name for it"]
    outlet: Annotated[str, "who published it"]
    url: Annotated[str | None, "address, as delivered"]
    title: Annotated[str | None, "title"]
    published_at: Annotated[datetime | None, "publication time (UTC), NULL rather than a guess"]
    published_basis: Annotated[str, "where that time comes from, or why there is none"]
    media_type: Annotated[str, "form of the body as delivered"]
    encoding: Annotated[str, "character encoding that the body was decoded with"]
    language: Annotated[str, "ISO 639-1 code, 'und' when undecided"]
    word_count: Annotated[int, "words of the clean text"]
    body_hash: Annotated[str, "SHA-256 of the bytes as delivered"]
    first_seen_at: Annotated[datetime, "when a run first saw this version (UTC)"]
    first_run_id: Annotated[str, "the run that first saw this version"]
    title_end_char: Annotated[
        int | None, "end of the title put before the body; NULL where the body holds its own title"
    ]
    raw_text: Annotated[str, "decoded text; all offsets point into it"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicTextIssue(Row):
    """A stretch of raw text that is damaged or not part of the article's body."""

    key: ClassVar[tuple[str, ...]] = ("issue_id",)

    issue_id: Annotated[str, "hash of version, kind and offsets"]
    document_id: Annotated[str, "the document"]
    version_id: Annotated[str, "the version"]
    kind: Annotated[IssueKind, "what is wrong, or what the stretch is"]
    start_char: Annotated[int, "start in the raw text, from 0"]
    end_char: Annotated[int, "end in the raw text, exclusive"]
    text: Annotated[str, "the words: raw_text[start_char:end_char]"]
    suggestion: Annotated[str | None, "what was probably written, where that can be told"]
    evidence: Annotated[str, "what the finding rests on"]
    confidence: Annotated[float, "share of such findings that are right, between 0 and 1"]
    in_quotation: Annotated[bool, "whether it lies between quotation marks"]
    review: Annotated[Verdict | None, "a person's latest verdict; NULL: not reviewed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicOriginEvidence(Row):
    """One piece of evidence on where a document's text comes from."""

    key: ClassVar[tuple[str, ...]] = (
        "document_id",
        "kind",
        "origin",
        "other_document_id",
        "start_char",
    )

    document_id: Annotated[str, "the document"]
    other_document_id: Annotated[str, "the document it depends on; empty where none is meant"]
    origin: Annotated[str, "origin that the evidence points to"]
    kind: Annotated[str, "kind of evidence: agency_credit, near_copy, borrowed_image ..."]
    start_char: Annotated[int, "start of the words in the raw text, from 0"]
    end_char: Annotated[int, "end of the words in the raw text, exclusive"]
    weight: Annotated[float, "strength of the evidence, between 0 and 1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicOutlet(Row):
    """How one outlet's documents stand among the others."""

    key: ClassVar[tuple[str, ...]] = ("outlet",)

    outlet: Annotated[str, "the outlet"]
    document_count: Annotated[int, "its documents"]
    claim_count: Annotated[int, "claims of their current versions"]
    agreed: Annotated[int, "claims that support a chosen value which another origin supports too"]
    opposed: Annotated[int, "claims that oppose the chosen value of a fact"]
    spun_share: Annotated[
        float | None, "share of judged documents graded spun or rewritten; NULL when none is judged"
    ]
    independent_share: Annotated[
        float | None, "share of documents of known origin that are the outlet's own voice"
    ]
    accuracy: Annotated[float | None, "share of its claims that hold; NULL until learned"]
    accuracy_basis: Annotated[str, "what the accuracy rests on"]
