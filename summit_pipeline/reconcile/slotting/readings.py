"""A claim as its story reads it: names, days and context made comparable across documents.

Belongs here: what the rules of this stage look at, computed once per claim. Does not belong here:
any comparison of two claims.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from summit_pipeline.reconcile.damage.as_written import as_written
from summit_pipeline.reconcile.relating.intervals import Days
from summit_pipeline.reconcile.slotting.parties import StoryNames
from summit_pipeline.reconcile.slotting.terms import (
    NEAREST,
    NEARNESS,
    Context,
    context,
    mirror_words,
    rarity,
    stem,
    word_classes,
)
from summit_pipeline.reconcile.tables import StoryDocument
from summit_pipeline.text.calendar import resolve
from summit_pipeline.vocabulary import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who says it: a document of the story with what its siblings tell about it.

    `is_withdrawn`: its publisher or a person has withdrawn it, so that nobody answers for it.
    """

    document_id: str
    version_id: str
    outlet: str
    origin: str
    origin_known: bool
    grade: str
    published: date | None
    reference: date | None
    reference_basis: str
    is_withdrawn: bool = False

    @property
    def is_spun(self) -> bool:
        """Whether the wording was altered by a machine, so that it must not be trusted."""
        return self.grade in ("spun", "rewritten")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """A claim with everything that comparing needs. Days are half-open stretches.

    `alone`: its document gives no other value for the counted or measured noun; `listed`: its
    sentence gives another value of the same kind and unit ("128GB or 256GB").
    """

    claim: Claim
    source: Source
    days: Days | None
    period: Days | None
    as_of: date | None
    as_of_basis: str | None
    parties: frozenset[str]
    actor: str | None
    speaker: str | None
    speaker_is_person: bool
    speaker_is_named: bool
    context: Context
    near: Context
    measure: frozenset[str]
    head: str | None
    mirrored: bool
    alone: bool = False
    listed: bool = False

    @property
    def claim_id(self) -> str:
        """Id of the claim."""
        return self.claim.claim_id

    @property
    def qualifiers(self) -> dict[str, str]:
        """Stated scope: base, part, per, place ..."""
        pairs = (q.partition("=") for q in self.claim.qualifiers)
        return {key: value for key, _, value in pairs}

    @property
    def quoted(self) -> str:
        """The words with the outlet's name, for reasons that a person reads."""
        words = " ".join(self.claim.value_text.split())
        short = words if len(words) <= 80 else words[:77] + "..."
        return f"“{short}” ({self.source.outlet})"


# Kinds of normal forms (`text.calendar`) that count from the day of speaking.
_DEICTIC = ("weekday:", "weekend:", "offset:", "last:", "this:", "next:", "following:")


def counts_from_speech(claim: Claim, expression: str | None) -> bool:
    """Whether words count from the day of a remark or post, which the article doesn't tell."""
    said = claim.in_quotation or claim.part == "embed"
    return said and expression is not None and any(k in expression for k in _DEICTIC)


def _tense(claim: Claim) -> str | None:
    return "future" if claim.modality == "planned" else None


def _days(
    claim: Claim, start: date | None, end: date | None, expression: str | None, source: Source
) -> Days | None:
    """Days that the text tells, else those that the reference date of the story gives."""
    if counts_from_speech(claim, expression):
        return None
    tense = _tense(claim)
    if expression and source.reference is not None:
        found = resolve(expression, source.reference, tense)
        if found is not None:
            return found
    if start is not None and end is not None and start < end:
        return start, end
    return None


def _as_of(claim: Claim, source: Source) -> tuple[date | None, str | None]:
    deictic = counts_from_speech(claim, claim.as_of_expression)
    if claim.as_of_expression and source.reference is not None and not deictic:
        found = resolve(claim.as_of_expression, source.reference, _tense(claim))
        if found is not None:
            return found[0], f"“{claim.as_of_text}” and {source.reference_basis}"
    if claim.as_of is not None and not deictic:
        return claim.as_of, f"“{claim.as_of_text}”" if claim.as_of_text else "the text"
    if source.published is not None:
        return source.published, "publication"
    return None, None


def source_of(
    document: StoryDocument, origin: tuple[str, str], grade: str, reference: tuple[date | None, str]
) -> Source:
    """What the rules need to know of a document; `origin` and `reference` come with their basis."""
    return Source(
        document_id=document.document_id,
        version_id=document.version_id,
        outlet=document.outlet,
        origin=origin[0],
        origin_known="undetermined" not in origin[1],
        grade=grade,
        published=document.published_at.date() if document.published_at else None,
        reference=reference[0],
        reference_basis=reference[1],
        is_withdrawn=document.is_withdrawn,
    )


def read_claims(
    claims: Sequence[Claim],
    sources: Mapping[str, Source],
    names: StoryNames,
) -> list[Reading]:
    """Make the claims of a story comparable; claims of unknown versions are left out."""
    known = [
        _as_written(c) if sources[c.version_id].is_spun else c
        for c in claims
        if c.version_id in sources
    ]
    sentences = {(c.version_id, c.sentence_start): c.sentence for c in known}
    rare = rarity(sentences[key] for key in sorted(sentences))
    by_noun: dict[tuple[str, str, str], set[float]] = defaultdict(set)
    by_sentence: dict[tuple[str, int, str, str | None], set[float]] = defaultdict(set)
    for claim in known:
        if claim.value is not None:
            by_noun[_noun_key(claim)].add(claim.value)
            by_sentence[_sentence_key(claim)].add(claim.value)
    return [
        replace(
            _read(c, sources[c.version_id], names, rare),
            alone=_noun_key(c)[2] != "" and len(by_noun.get(_noun_key(c), ())) == 1,
            listed=len(by_sentence.get(_sentence_key(c), ())) > 1,
        )
        for c in known
    ]


def _as_written(claim: Claim) -> Claim:
    """A claim of a spun text with the noun that it counts or measures as probably written."""
    counted = claim.kind in ("count", "ordinal") and claim.unit is not None
    return replace(
        claim,
        unit=as_written(claim.unit or "") if counted else claim.unit,
        measure=as_written(claim.measure) if claim.measure else None,
        measure_head=as_written(claim.measure_head) if claim.measure_head else None,
    )


def _sentence_key(claim: Claim) -> tuple[str, int, str, str | None]:
    return claim.version_id, claim.sentence_start, claim.kind, claim.unit


def _noun_key(claim: Claim) -> tuple[str, str, str]:
    counts = claim.kind in ("count", "ordinal")
    noun = claim.unit if counts else claim.measure_head
    return claim.version_id, claim.kind, stem(noun or "")


def _read(claim: Claim, source: Source, names: StoryNames, rare: Mapping[str, float]) -> Reading:
    version = claim.version_id
    as_of, basis = _as_of(claim, source)
    speaker_type = names.type_of(version, claim.speaker) if claim.speaker else None
    head, measure = claim.measure_head, claim.measure
    head_class = next(iter(sorted(word_classes(head))), None) if head else None
    return Reading(
        claim=claim,
        source=source,
        days=_days(claim, claim.date_start, claim.date_end, claim.date_expression, source),
        period=_days(claim, claim.period_start, claim.period_end, claim.period_expression, source),
        as_of=as_of,
        as_of_basis=basis,
        parties=frozenset(names.of(version, p) for p in claim.parties),
        actor=names.of(version, claim.actor) if claim.actor else None,
        speaker=names.of(version, claim.speaker) if claim.speaker else None,
        speaker_is_person=speaker_type == "person",
        speaker_is_named=speaker_type is not None,
        context=_context(claim, source, names, rare, NEARNESS),
        near=_context(claim, source, names, rare, NEAREST),
        measure=word_classes(measure) if measure else frozenset(),
        head=head_class,
        mirrored=bool(head) and stem(head or "") in mirror_words(),
    )


def _context(
    claim: Claim, source: Source, names: StoryNames, rare: Mapping[str, float], nearness: float
) -> Context:
    """The context of a claim: its sentence with altered names and a spinner's words as written."""
    start = claim.clean_start - claim.sentence_start
    end = start + claim.clean_end - claim.clean_start
    before, inside, after = (
        claim.sentence[:start],
        claim.sentence[start:end],
        claim.sentence[end:],
    )
    for wrong, right in names.damaged(claim.version_id).items():
        before, after = (_replace(part, wrong, right) for part in (before, after))
    if source.is_spun:
        before, after = as_written(before), as_written(after)
    sentence = before + inside + after
    return context(sentence, len(before), len(before) + len(inside), rare, nearness)


def _replace(text: str, wrong: str, right: str) -> str:
    pattern = re.compile(rf"\b{re.escape(wrong)}\b", re.IGNORECASE)
    return pattern.sub(lambda _: right, text)
