"""Rows of the public tables about what is said: claims, facts, disagreements, quotations, timeline.

Belongs here: columns, types, keys, allowed values and descriptions that users read. Does not belong
here: the public tables about articles (`public_documents`), the SQL that fills them.

A column may be added; none is renamed or removed once the contract is frozen.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from summit_pipeline.rows import Row
from summit_pipeline.vocabulary import (
    Approximator,
    ClaimKind,
    FactStatus,
    Modality,
    Relation,
    RelationToFact,
    Severity,
    Stance,
    TextGrade,
)
from summit_pipeline.warehouse.ops_tables import Verdict

ScopeBasis = Literal["stated", "inferred"]

Side = Literal["a", "b"]

RemarkStatus = Literal["corroborated", "single_origin", "variant", "damaged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicClaim(Row):
    """One stretch of words that states a value."""

    key: ClassVar[tuple[str, ...]] = ("claim_id",)

    claim_id: Annotated[str, "hash of version, offsets and kind"]
    is_current: Annotated[bool, "whether it stands in the document's current version"]
    document_id: Annotated[str, "the document that says it"]
    version_id: Annotated[str, "the version that says it"]
    story_id: Annotated[str | None, "the story; NULL for older versions"]
    outlet: Annotated[str, "who published it"]
    origin: Annotated[str | None, "independent voice behind the document"]
    slot_id: Annotated[str | None, "what the claim is about, across documents"]
    fact_id: Annotated[str | None, "the fact: slot and scope"]
    value_id: Annotated[str | None, "the value of the fact that it states"]
    kind: Annotated[ClaimKind, "kind of value"]
    subject: Annotated[str | None, "what the fact is about, for a reader"]
    subject_text: Annotated[str | None, "words of the document that say what the value is about"]
    value_text: Annotated[str, "the words claimed: raw_text[start_char:end_char]"]
    value: Annotated[float | None, "amount in base units: dollars, not billions; seconds; metres"]
    unit: Annotated[str | None, "ISO 4217 code, percent, counted noun, base unit"]
    interval_low: Annotated[float | None, "smallest amount that the writing allows"]
    interval_high: Annotated[float | None, "largest amount that the writing allows"]
    date_start: Annotated[date | None, "first day, for dates; resolved where possible"]
    date_end: Annotated[date | None, "day after the last"]
    approximator: Annotated[Approximator | None, "hedge: about, more_than, ..."]
    period_start: Annotated[date | None, "first day of the period the value is of"]
    period_end: Annotated[date | None, "day after its last"]
    scope: Annotated[str | None, "scope under which the value holds: 'in 2024; of GDP'"]
    scope_basis: Annotated[ScopeBasis | None, "stated, or inferred from an agreeing claim"]
    speaker: Annotated[str | None, "who says it; NULL: the outlet"]
    speaker_basis: Annotated[str | None, "rule that found the speaker"]
    cue: Annotated[str | None, "word of saying: said, told, according to"]
    utterance_id: Annotated[str | None, "ties the sentences that were said together"]
    polarity: Annotated[int, "1 affirmed, -1 denied"]
    modality: Annotated[Modality, "reality of what is claimed"]
    as_of: Annotated[date | None, "day for which a changing value is stated"]
    as_of_basis: Annotated[str | None, "what that day rests on"]
    relation_to_fact: Annotated[
        RelationToFact | None, "its vote on the fact's chosen value; NULL where it has no fact"
    ]
    is_witness: Annotated[
        bool | None, "whether it is counted among those who state its value; NULL without a fact"
    ]
    is_repeat: Annotated[bool, "whether the document has said it before"]
    sentence: Annotated[str, "the sentence it stands in, clean text"]
    start_char: Annotated[int, "start of the words in the raw text, from 0"]
    end_char: Annotated[int, "end of the words in the raw text, exclusive"]
    rule: Annotated[str, "name of the rule that read it"]
    confidence: Annotated[float, "share of this rule's readings that are right on development data"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFact(Row):
    """One slot under one scope; counts concern the chosen value."""

    key: ClassVar[tuple[str, ...]] = ("fact_id",)

    fact_id: Annotated[str, "hash of story, slot and scope; values do not enter"]
    slot_id: Annotated[str, "the slot"]
    story_id: Annotated[str, "the story"]
    kind: Annotated[ClaimKind, "kind of value"]
    subject: Annotated[str, "what the fact is about, for a reader"]
    scope: Annotated[str | None, "scope under which it holds"]
    value_id: Annotated[str, "the chosen value"]
    value_text: Annotated[str, "the chosen value in words"]
    value: Annotated[float | None, "the chosen value as a number"]
    unit: Annotated[str | None, "its unit"]
    value_safe: Annotated[str | None, "the most precise form with at least two origins"]
    status: Annotated[FactStatus, "settled, disputed, single_origin or undecided"]
    document_count: Annotated[int, "documents that support the chosen value"]
    outlet_count: Annotated[int, "outlets that support it"]
    origin_count: Annotated[int, "independent origins that support it"]
    undetermined_origin_count: Annotated[int, "of these, origins whose independence is not known"]
    confidence: Annotated[
        float | None,
        "share of facts of this state and number of origins whose value most articles state, as "
        "measured on marked stories; NULL where too few were",
    ]
    first_run_id: Annotated[str, "the run that brought the first of its claims"]
    review: Annotated[Verdict | None, "a person's latest verdict; NULL: not reviewed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFactValue(Row):
    """One value of a fact, rivals and earlier states included."""

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
    document_count: Annotated[int, "documents that state it"]
    outlet_count: Annotated[int, "outlets that state it"]
    origin_count: Annotated[int, "independent origins that state it"]
    origins: Annotated[tuple[str, ...], "their names"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRelation(Row):
    """A verdict on two claims of one slot, of two documents or of one that differs with itself."""

    key: ClassVar[tuple[str, ...]] = ("claim_a", "claim_b")

    fact_a: Annotated[str, "fact of the first claim"]
    fact_b: Annotated[str, "fact of the second claim"]
    claim_a: Annotated[str, "first claim: the smaller id"]
    claim_b: Annotated[str, "second claim"]
    kind: Annotated[ClaimKind, "kind of value"]
    relation: Annotated[Relation, "how the two stand to each other"]
    rule: Annotated[str, "name of the rule that decided"]
    reason: Annotated[str, "the verdict in words, with the words it rests on"]
    disagreement_id: Annotated[str | None, "the disagreement of values it belongs to"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDisagreement(Row):
    """Two values that differ, with how and why."""

    key: ClassVar[tuple[str, ...]] = ("disagreement_id",)

    disagreement_id: Annotated[str, "hash of the two values"]
    story_id: Annotated[str, "the story"]
    fact_a: Annotated[str, "fact of the first value"]
    fact_b: Annotated[str, "fact of the second value"]
    kind: Annotated[ClaimKind, "kind of value"]
    subject: Annotated[str, "what it is about, for a reader"]
    relation: Annotated[Relation, "how the values differ"]
    severity: Annotated[Severity, "error: contradiction; warn: to be looked at; info: explained"]
    value_a: Annotated[str, "first value in words"]
    value_b: Annotated[str, "second value in words"]
    number_a: Annotated[float | None, "first value as a number"]
    number_b: Annotated[float | None, "second value as a number"]
    document_count_a: Annotated[int, "documents that state the first"]
    document_count_b: Annotated[int, "documents that state the second"]
    origin_count_a: Annotated[int, "independent origins of the first"]
    origin_count_b: Annotated[int, "independent origins of the second"]
    shown_claim_a: Annotated[str, "claim that shows the first best"]
    shown_claim_b: Annotated[str, "claim that shows the second best"]
    rule: Annotated[str, "name of the rule that decided"]
    reason: Annotated[str, "the verdict in words"]
    first_run_id: Annotated[str, "the run that brought the claim that made the two values meet"]
    review: Annotated[Verdict | None, "a person's latest verdict; NULL: not reviewed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDisagreementClaim(Row):
    """One claim on one side of a disagreement: who says it, in which words, where."""

    key: ClassVar[tuple[str, ...]] = ("disagreement_id", "claim_id")

    disagreement_id: Annotated[str, "the disagreement"]
    side: Annotated[Side, "a: states its first value; b: its second"]
    claim_id: Annotated[str, "the claim"]
    is_shown: Annotated[bool, "whether it is the claim that shows its side best"]
    value_id: Annotated[str, "the value that it states"]
    fact_id: Annotated[str, "the fact of that value"]
    document_id: Annotated[str, "the document that says it"]
    locator: Annotated[str, "the source's own name for the document"]
    outlet: Annotated[str, "who published it"]
    origin: Annotated[str | None, "independent voice that it counts for"]
    origin_basis: Annotated[str | None, "evidence for the origin, in words"]
    published_at: Annotated[datetime | None, "publication time (UTC)"]
    text_grade: Annotated[TextGrade, "grade of the document's wording"]
    is_witness: Annotated[bool, "whether it is counted among those who state the value"]
    is_repeat: Annotated[bool, "whether the document has said it before"]
    speaker: Annotated[str | None, "who says it; NULL: the outlet"]
    value_text: Annotated[str, "the words claimed: raw_text[start_char:end_char]"]
    sentence: Annotated[str, "the sentence it stands in, clean text"]
    start_char: Annotated[int, "start of the words in the raw text, from 0"]
    end_char: Annotated[int, "end of the words in the raw text, exclusive"]
    rule: Annotated[str, "name of the rule that read it"]
    confidence: Annotated[float, "share of this rule's readings that are right on development data"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicQuotation(Row):
    """One remark, in its best wording."""

    key: ClassVar[tuple[str, ...]] = ("remark_id",)

    remark_id: Annotated[str, "the remark: the fact_id of the quotation"]
    story_id: Annotated[str, "the story"]
    speaker: Annotated[str | None, "who said it"]
    best_wording: Annotated[str, "the wording to trust most"]
    best_claim_id: Annotated[str, "the claim that holds it"]
    wording_count: Annotated[int, "different wordings"]
    document_count: Annotated[int, "documents that quote it"]
    origin_count: Annotated[int, "independent origins that quote it"]
    status: Annotated[
        RemarkStatus,
        "damaged: a text altered it; variant: wordings differ; single_origin; corroborated",
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicQuotationWording(Row):
    """One wording of a remark, compared with the best one."""

    key: ClassVar[tuple[str, ...]] = ("claim_id",)

    remark_id: Annotated[str, "the remark"]
    claim_id: Annotated[str, "the claim that holds the wording"]
    document_id: Annotated[str, "the document"]
    wording: Annotated[str, "the words as written"]
    diff: Annotated[str, "difference to the best wording: -left out- +added+"]
    is_damaged: Annotated[bool, "whether the text is graded spun or the words are altered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicTimelineEntry(Row):
    """A state of a changing thing, or a dated event, on its day."""

    key: ClassVar[tuple[str, ...]] = ("story_id", "as_of", "value_id")

    story_id: Annotated[str, "the story"]
    as_of: Annotated[date, "the day"]
    as_of_basis: Annotated[str, "what the day rests on"]
    subject: Annotated[str, "what it is about, for a reader"]
    value_text: Annotated[str, "state or value in words"]
    fact_id: Annotated[str, "the fact"]
    value_id: Annotated[str, "the value"]
    claim_id: Annotated[str, "claim that shows it best"]
