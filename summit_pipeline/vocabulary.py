"""The nouns of summit_pipeline. Read this first.

A *document* (one article of one source) has *versions*; a version has raw text, and a clean text
whose every character maps back to the raw one. A *claim* is a stretch of words that states a value.
Documents that report one event form a *story*. Claims that speak of the same thing share a *slot*;
a slot under one scope is a *fact*, which has one or more *values*. Two claims of a slot stand in a
*relation*; two values that differ are a *disagreement*. An *origin* is an independent voice: copies
of one agency report are many documents and one origin.

Belongs here: words and rows that two or more stages share. A row class is the schema of the frames
in which such rows travel between stages (see `rows`). Does not belong here: any rule.

Offsets count Unicode code points from 0, end exclusive. Unless a name says `clean_`, they point
into the raw text of the version. Times are UTC without a zone.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from summit_pipeline.rows import Row

# --- values of columns --------------------------------------------------------------------------

MediaType = Literal["text/plain", "text/markdown", "text/html"]

DateOrder = Literal["dmy", "mdy"]

TextGrade = Literal["clean", "suspicious", "spun", "rewritten", "not_judged"]

IssueKind = Literal[
    "spun_phrase",  # a word choice typical of a synonym spinner
    "name_damage",  # a name altered by a rewriter ("Oval Workplace")
    "mojibake",  # text decoded with the wrong encoding
    "control_chars",  # control and zero-width characters
    "bidi",  # direction overrides that show text in another order than it has
    "markup",  # image markdown, tags and other remains of a page's source
    "boilerplate",  # share and comment prompts, breadcrumbs, newsletter boxes, "read more"
    "embed",  # tweets and other posts shown inside the article
    "caption",  # picture captions
    "byline",  # author, agency and date lines
    "dateline",  # "WASHINGTON —"
    "subhead",  # headings inside the body
    "repeated",  # lines that say again what the document says elsewhere
    "truncated",  # the text ends in the middle
    "hidden_text",  # text that a page does not show
    "low_yield",  # of a page so little was kept that its article may have been missed
]

SentencePart = Literal["title", "body", "bullet", "subhead", "caption", "embed"]

ClaimKind = Literal[
    "money", "percent", "count", "rate", "measure", "score", "ordinal", "age", "duration",
    "date", "name", "place", "quotation", "status",
]  # fmt: skip

Modality = Literal["asserted", "planned", "possible", "conditional", "question", "demanded"]

Approximator = Literal[
    "about", "more_than", "less_than", "at_least", "up_to", "nearly", "record", "vague"
]

Relation = Literal[
    "agree", "rounding", "less_specific", "scope_differs", "correction", "update",
    "attributed_dispute", "undecided", "contradiction",
    "quote_corrupted", "quote_elided", "quote_variant",
]  # fmt: skip

Severity = Literal["error", "warn", "info"]

Stance = Literal["chosen", "rival", "superseded", "undecided"]

FactStatus = Literal["settled", "disputed", "single_origin", "undecided"]

RelationToFact = Literal[
    "supports", "supports_rounded", "supports_less_specific", "opposes", "superseded", "no_vote"
]

NameType = Literal["person", "organisation", "place", "other"]


# --- values inside rows -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: code points from `start` to `end`, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """A stretch of clean text and the raw stretch that it stands for.

    Equal lengths mean a copy, character by character; unequal lengths mean a replacement that maps
    as a whole. Runs of one text are in order, touch each other on the clean side and may leave
    gaps on the raw side (what was cut).
    """

    clean_start: int
    clean_end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A sentence of the clean text, with the paragraph it stands in and the part it belongs to."""

    clean_start: int
    clean_end: int
    paragraph: int
    part: str  # a SentencePart


# --- rows that stages hand to each other --------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentVersion(Row):
    """One state of one document, as received (ingest -> normalise)."""

    key: ClassVar[tuple[str, ...]] = ("version_id",)

    version_id: Annotated[str, "hash of document and content"]
    document_id: Annotated[str, "hash of source and the document's own identity in it"]
    source: Annotated[str, "name of the configured source"]
    locator: Annotated[str, "the source's own name for it: path below its folder, guid or URL"]
    outlet: Annotated[str, "who published it, where known; else the file's or source's own name"]
    url: Annotated[str | None, "address, as delivered"]
    media_type: Annotated[MediaType, "form of the body"]
    declared_encoding: Annotated[str | None, "character encoding that the delivery states"]
    title_field: Annotated[str | None, "title, where it is a field of its own"]
    published_field: Annotated[str | None, "publication date as delivered, unparsed"]
    body: Annotated[bytes, "the body as delivered; never changed"]
    body_hash: Annotated[str, "SHA-256 of the body"]
    first_seen_at: Annotated[datetime, "when a run first saw this version (UTC)"]
    first_run_id: Annotated[str, "the run that first saw this version"]
    date_order: Annotated[
        DateOrder | None, "order of day and month in its source's dates, where that is configured"
    ] = None
    notes: Annotated[
        tuple[str, ...], "what reading it needed, code first: text.truncated, parse.recovered"
    ] = ()
    declared_language: Annotated[
        str | None,
        "ISO 639-1 code that its source is configured with; counts where words tell none",
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NormalisedText(Row):
    """What the text alone tells about one version (normalise -> extract, reconcile)."""

    key: ClassVar[tuple[str, ...]] = ("version_id",)

    version_id: Annotated[str, "the version"]
    raw_text: Annotated[str, "decoded text; offset 0 of every span"]
    title_end_char: Annotated[
        int | None, "end of the title put before the body; NULL where the body holds its own title"
    ]
    encoding: Annotated[str, "character encoding that the body was decoded with"]
    encoding_basis: Annotated[str, "how it was found: bom, utf-8, declared, detected"]
    title: Annotated[str | None, "the article's title"]
    title_start: Annotated[int | None, "start of the title in the raw text"]
    title_end: Annotated[int | None, "end of the title in the raw text"]
    clean_text: Annotated[str, "text that claims are read from: repaired, debris cut"]
    runs: Annotated[tuple[Run, ...], "map from clean to raw text"]
    sentences: Annotated[tuple[Sentence, ...], "sentences of the clean text"]
    language: Annotated[str, "ISO 639-1 code, 'und' when undecided"]
    language_basis: Annotated[str, "how the language was found"]
    published_at: Annotated[datetime | None, "publication time (UTC), NULL rather than a guess"]
    published_basis: Annotated[str, "where the time comes from: field, text, url, none, or why not"]
    dateline_place: Annotated[str | None, "place of the dateline"]
    agencies: Annotated[tuple[str, ...], "agencies that the text credits: byline, dateline, credit"]
    word_count: Annotated[int, "words of the clean text"]
    text_grade: Annotated[TextGrade, "grade of the wording, from this text alone"]
    text_grade_score: Annotated[float | None, "score behind the grade; NULL when not judged"]
    text_grade_reason: Annotated[str, "the grade in words, with its evidence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextIssue(Row):
    """A stretch of raw text that is damaged or not part of the article's body."""

    key: ClassVar[tuple[str, ...]] = ("issue_id",)

    issue_id: Annotated[str, "hash of version, kind and offsets"]
    version_id: Annotated[str, "the version"]
    kind: Annotated[IssueKind, "what is wrong, or what the stretch is"]
    start_char: Annotated[int, "start in the raw text"]
    end_char: Annotated[int, "end in the raw text, exclusive"]
    text: Annotated[str, "the words: raw_text[start_char:end_char]"]
    suggestion: Annotated[str | None, "what was probably written, where that can be told"]
    evidence: Annotated[str, "what the finding rests on"]
    confidence: Annotated[float, "share of such findings that are right, between 0 and 1"]
    in_quotation: Annotated[bool, "whether it lies between quotation marks"]
    rule: Annotated[str, "name of the rule that found it"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Row):
    """A stretch of words that states a value, as one document alone tells it (extract).

    Which columns carry the value depends on the kind: amounts use `value` and `unit`, dates use
    `date_start` and `date_end`, all others `canonical` (the status class, the name, the quoted
    words folded for comparison).
    """

    key: ClassVar[tuple[str, ...]] = ("claim_id",)

    claim_id: Annotated[str, "hash of version, offsets and kind"]
    version_id: Annotated[str, "the version that says it"]
    kind: Annotated[ClaimKind, "kind of value"]
    value_text: Annotated[str, "the words claimed: raw_text[start_char:end_char]"]
    start_char: Annotated[int, "start of the words in the raw text"]
    end_char: Annotated[int, "end of the words in the raw text, exclusive"]
    clean_start: Annotated[int, "start of the words in the clean text"]
    clean_end: Annotated[int, "end of the words in the clean text, exclusive"]
    canonical: Annotated[str | None, "normal form for equality: status class, name, folded words"]
    value: Annotated[float | None, "amount in base units (dollars, not billions; seconds; metres)"]
    unit: Annotated[str | None, "ISO 4217 code, percent, counted noun, base unit"]
    interval_low: Annotated[float | None, "smallest amount that the writing allows"]
    interval_high: Annotated[float | None, "largest amount that the writing allows"]
    date_start: Annotated[date | None, "first day, where the text alone tells it"]
    date_end: Annotated[date | None, "day after the last"]
    date_expression: Annotated[
        str | None, "normal form of a date that needs a reference date to be resolved"
    ]
    approximator: Annotated[Approximator | None, "hedge: about, more_than, ..."]
    subject_text: Annotated[str | None, "words that say what the value is about"]
    measure: Annotated[str | None, "noun phrase that is measured, counted or undertaken"]
    measure_head: Annotated[str | None, "lemma of its head noun: deficit, bid, toll"]
    parties: Annotated[tuple[str, ...], "names taking part, canonical within the document"]
    actor: Annotated[str | None, "who acts (statuses) or owns (amounts), canonical"]
    qualifiers: Annotated[
        tuple[str, ...], "stated scope as key=value: base=gdp, per=share, part=goods"
    ]
    period_text: Annotated[str | None, "words of the period the value is of"]
    period_expression: Annotated[str | None, "normal form of that period where relative"]
    period_start: Annotated[date | None, "first day of the period"]
    period_end: Annotated[date | None, "day after its last"]
    speaker: Annotated[str | None, "who says it, canonical within the document; NULL: the outlet"]
    speaker_basis: Annotated[str | None, "rule that found the speaker"]
    cue: Annotated[str | None, "word of saying: said, told, according to"]
    utterance_id: Annotated[str | None, "ties the sentences that were said together"]
    in_quotation: Annotated[bool, "whether the words stand between quotation marks"]
    polarity: Annotated[int, "1 affirmed, -1 denied"]
    modality: Annotated[Modality, "reality of what is claimed"]
    as_of: Annotated[date | None, "day for which a changing value is stated"]
    as_of_text: Annotated[str | None, "words that tell the moment or the order: later, on Friday"]
    as_of_expression: Annotated[str | None, "normal form of those words where relative"]
    part: Annotated[SentencePart, "part of the article it stands in"]
    is_repeat: Annotated[bool, "whether the document has said it before"]
    sentence: Annotated[str, "the sentence, clean text"]
    sentence_start: Annotated[int, "start of the sentence in the clean text"]
    rule: Annotated[str, "name of the rule that read it"]
    confidence: Annotated[float, "share of this rule's readings that are right on development data"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMention(Row):
    """A name where it stands, with the form it has in full in the same document (extract)."""

    key: ClassVar[tuple[str, ...]] = ("version_id", "start_char", "end_char")

    version_id: Annotated[str, "the version"]
    start_char: Annotated[int, "start in the raw text"]
    end_char: Annotated[int, "end in the raw text, exclusive"]
    clean_start: Annotated[int, "start in the clean text"]
    clean_end: Annotated[int, "end in the clean text, exclusive"]
    text: Annotated[str, "the words"]
    canonical: Annotated[str, "fullest form of the name in this document"]
    name_type: Annotated[NameType, "what the name names"]
    role: Annotated[str | None, "title or role written with it: president, prime minister"]
    gender: Annotated[Literal["m", "f"] | None, "from title, first name or pronoun"]
