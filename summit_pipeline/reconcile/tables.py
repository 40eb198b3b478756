"""Rows that the reconcile stage gives: stories, judgements, origins, slots, relations, facts.

Belongs here: row classes of this stage's tables. Does not belong here: the public tables
(`warehouse.public_tables`), which SQL makes from these.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar

from summit_pipeline.rows import Row
from summit_pipeline.vocabulary import (
    ClaimKind,
    FactStatus,
    Relation,
    RelationToFact,
    Stance,
    TextGrade,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMember(Row):
    """A document version and the story it belongs to."""

    key: ClassVar[tuple[str, ...]] = ("version_id",)

    story_id: Annotated[str, "hash of the story's earliest member"]
    event_id: Annotated[str, "hash of the earliest member of its event within the story"]
    document_id: Annotated[str, "the document"]
    version_id: Annotated[str, "its current version"]
    similarity: Annotated[float | None, "cosine to the story when it joined; NULL for the first"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle(Row):
    """A version as grouping compares it with others, kept so that it is read once."""

    key: ClassVar[tuple[str, ...]] = ("version_id",)

    version_id: Annotated[str, "the version"]
    document_id: Annotated[str, "the document"]
    published_at: Annotated[datetime | None, "publication time (UTC)"]
    is_foreign: Annotated[bool, "whether it is compared by names and numbers alone"]
    words: Annotated[tuple[str, ...], "words and word pairs, heaviest first"]
    word_weights: Annotated[tuple[float, ...], "their weights"]
    names: Annotated[tuple[str, ...], "names and numbers, heaviest first"]
    name_weights: Annotated[tuple[float, ...], "their weights"]
    code_version: Annotated[str, "version of the code that made this row and its likenesses"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness(Row):
    """How alike two versions are; pairs that are missing are not alike at all."""

    key: ClassVar[tuple[str, ...]] = ("version_a", "version_b")

    version_a: Annotated[str, "the earlier version in reading order"]
    version_b: Annotated[str, "the later one"]
    later_on: Annotated[date | None, "day of the later one; NULL where one of them has none"]
    likeness: Annotated[float, "faded cosine, a multiple of 2^-31"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryJoin(Row):
    """Two groups of dated versions that became one when the articles of a day were joined."""

    key: ClassVar[tuple[str, ...]] = ("joined_on", "gone_version")

    joined_on: Annotated[date, "the day"]
    kept_version: Annotated[str, "first member of the group that begins earlier"]
    gone_version: Annotated[str, "first member of the other group"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Row):
    """What a version's siblings in the story tell about it, on top of its own text."""

    key: ClassVar[tuple[str, ...]] = ("version_id",)

    version_id: Annotated[str, "the version"]
    text_grade: Annotated[TextGrade, "grade of the wording, siblings heard"]
    text_grade_score: Annotated[float | None, "score behind the grade"]
    text_grade_reason: Annotated[str, "the grade in words, with its evidence"]
    reference_date: Annotated[date | None, "day that relative dates are counted from"]
    reference_basis: Annotated[str, "where it comes from: field, text, url, sibling ..., none"]
    origin: Annotated[str, "independent voice behind the text: an agency, or the outlet itself"]
    origin_basis: Annotated[str, "evidence for it in words; 'undetermined' where unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginEvidence(Row):
    """One piece of evidence on where a text comes from."""

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
    start_char: Annotated[int, "start of the words in the raw text"]
    end_char: Annotated[int, "end of the words in the raw text, exclusive"]
    weight: Annotated[float, "strength of the evidence, between 0 and 1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlottedClaim(Row):
    """A claim's place among the others: slot, scope, fact, value, and its vote."""

    key: ClassVar[tuple[str, ...]] = ("claim_id",)

    claim_id: Annotated[str, "the claim"]
    story_id: Annotated[str, "the story"]
    slot_id: Annotated[str, "hash of what the claim is about"]
    slot: Annotated[str, "the slot in words: money | deficit | Japan, United States"]
    subject: Annotated[str, "what the fact is about, for a reader"]
    scope: Annotated[str | None, "scope under which the value holds: 'in 2024; of GDP'"]
    scope_basis: Annotated[str | None, "stated, or inferred from an agreeing claim"]
    fact_id: Annotated[str, "hash of story, slot and scope"]
    value_id: Annotated[str, "the value of the fact that the claim states"]
    date_start: Annotated[date | None, "first day, after resolving through siblings"]
    date_end: Annotated[date | None, "day after the last"]
    as_of: Annotated[date | None, "day for which the value is stated, resolved"]
    as_of_basis: Annotated[str | None, "what the day rests on"]
    relation_to_fact: Annotated[RelationToFact, "the claim's vote on the chosen value"]
    is_heard: Annotated[bool, "whether it may speak for its value (see `damage.hearing`)"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRelation(Row):
    """A verdict on two claims of one slot."""

    key: ClassVar[tuple[str, ...]] = ("claim_a", "claim_b")

    story_id: Annotated[str, "the story"]
    fact_a: Annotated[str, "fact of the first claim"]
    fact_b: Annotated[str, "fact of the second claim"]
    claim_a: Annotated[str, "first claim: the smaller id"]
    claim_b: Annotated[str, "second claim"]
    kind: Annotated[ClaimKind, "kind of value"]
    relation: Annotated[Relation, "how the two stand to each other"]
    rule: Annotated[str, "name of the rule that decided"]
    reason: Annotated[str, "the verdict in words, with the words it rests on"]
    disagreement_id: Annotated[str | None, "hash of the two values, where the claims differ"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Row):
    """One slot under one scope; its values stand in `FactValue`."""

    key: ClassVar[tuple[str, ...]] = ("fact_id",)

    fact_id: Annotated[str, "hash of story, slot and scope; values do not enter"]
    slot_id: Annotated[str, "the slot"]
    story_id: Annotated[str, "the story"]
    kind: Annotated[ClaimKind, "kind of value"]
    subject: Annotated[str, "what the fact is about, for a reader"]
    scope: Annotated[str | None, "scope under which it holds"]
    unit: Annotated[str | None, "unit of the chosen value"]
    value_safe: Annotated[str | None, "its most precise form with at least two origins"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactValue(Row):
    """One value of a fact: the chosen one, its rivals, earlier states."""

    key: ClassVar[tuple[str, ...]] = ("value_id",)

    value_id: Annotated[str, "hash of fact and value"]
    fact_id: Annotated[str, "the fact"]
    rank: Annotated[int, "1 is the chosen value"]
    value_text: Annotated[str, "its most precise form"]
    value: Annotated[float | None, "as a number"]
    interval_low: Annotated[float | None, "smallest amount that the writing allows"]
    interval_high: Annotated[float | None, "largest amount that the writing allows"]
    state_from: Annotated[date | None, "first day of the state, for changing slots"]
    state_to: Annotated[date | None, "day it ended, where told"]
    stance: Annotated[Stance, "chosen, rival, superseded or undecided"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationWording(Row):
    """One wording of a remark, compared with the best one."""

    key: ClassVar[tuple[str, ...]] = ("claim_id",)

    remark_id: Annotated[str, "the remark: the fact_id of the quotation"]
    claim_id: Annotated[str, "the claim that holds the wording"]
    document_id: Annotated[str, "the document"]
    wording: Annotated[str, "the words as written"]
    diff: Annotated[str, "difference to the best wording: -left out- +added+"]
    is_damaged: Annotated[bool, "whether the text is graded spun or the words are altered"]
    is_best: Annotated[bool, "whether this is the best wording"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletAccuracy(Row):
    """How often an outlet was right on contested facts, as the pinned learned version knows."""

    key: ClassVar[tuple[str, ...]] = ("outlet",)

    outlet: Annotated[str, "the outlet"]
    family: Annotated[str, "first outlet of those that speak with one voice, itself included"]
    accuracy: Annotated[float, "share of its values on contested facts that are right, smoothed"]
    contested_count: Annotated[int, "contested facts that it rests on"]
    learned_version: Annotated[str, "the learned version that says so"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactConfidence(Row):
    """How often facts of a state had the value that most articles state, as measured."""

    key: ClassVar[tuple[str, ...]] = ("status", "origins")

    status: Annotated[FactStatus, "state of the facts"]
    origins: Annotated[int, "origins that support their value; 3: three or more"]
    share: Annotated[float, "share whose value is the one that most articles state"]
    judged_facts: Annotated[int, "facts that it was measured on"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDocument(Row):
    """What the reconcile stage needs to know of a document (built by its pipeline, not stored)."""

    key: ClassVar[tuple[str, ...]] = ("version_id",)

    document_id: Annotated[str, "the document"]
    version_id: Annotated[str, "its current version"]
    source: Annotated[str, "name of the configured source"]
    outlet: Annotated[str, "who published it"]
    url: Annotated[str | None, "address"]
    title: Annotated[str | None, "title"]
    raw_text: Annotated[str, "decoded text"]
    clean_text: Annotated[str, "text that claims are read from"]
    language: Annotated[str, "ISO 639-1 code"]
    published_at: Annotated[datetime | None, "publication time (UTC)"]
    published_basis: Annotated[str, "where the time comes from"]
    dateline_place: Annotated[str | None, "place of the dateline"]
    agencies: Annotated[tuple[str, ...], "agencies that the text credits"]
    text_grade: Annotated[TextGrade, "grade from the text alone"]
    text_grade_score: Annotated[float | None, "score behind it"]
    text_grade_reason: Annotated[str, "the grade in words"]
    is_withdrawn: Annotated[bool, "whether its publisher or a person has withdrawn it"] = False
