"""One story's claims brought together: slots, verdicts, facts, wordings.

Belongs here: running the steps in order over one story whose documents are already judged (grade,
origin, reference date). Does not belong here: those judgements (`siblings`, `origins`,
`reference_dates`), or frames (`pipeline`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summit_pipeline.reconcile.damage.hearing import as_heard, is_unheard, without_unheard
from summit_pipeline.reconcile.deciding.claim_relations import relation_rows
from summit_pipeline.reconcile.deciding.facts import BuiltFact, build_facts
from summit_pipeline.reconcile.relating.judging import JudgedSlot, Pair, judge_apart, judge_slot
from summit_pipeline.reconcile.relating.quotations import Synonyms, find_pairs
from summit_pipeline.reconcile.relating.verdicts import Verdict
from summit_pipeline.reconcile.relating.wordings import wording_diff
from summit_pipeline.reconcile.slotting.parties import StoryNames
from summit_pipeline.reconcile.slotting.readings import Reading, Source, read_claims
from summit_pipeline.reconcile.slotting.scopes import scope_text
from summit_pipeline.reconcile.slotting.slot_names import name_slots
from summit_pipeline.reconcile.slotting.slots import Link, find_links, gather
from summit_pipeline.reconcile.tables import (
    ClaimRelation,
    Fact,
    FactValue,
    QuotationWording,
    SlottedClaim,
)
from summit_pipeline.vocabulary import Claim


@dataclass(frozen=True, slots=True)
class Related:
    """What a story's claims say together."""

    slotted: list[SlottedClaim]
    relations: list[ClaimRelation]
    facts: list[Fact]
    values: list[FactValue]
    wordings: list[QuotationWording]


def relate_story(
    story_id: str,
    claims: Sequence[Claim],
    sources: Mapping[str, Source],
    names: StoryNames,
    synonyms: Synonyms | None = None,
) -> Related:
    """Bring the claims of one story together.

    Args:
        story_id: the story.
        claims: claims of its documents, in any order.
        sources: what is known of each version; claims of other versions are left out.
        names: the story's canonical names.
        synonyms: whether a spinner writes the second word for the first.
    """
    ordered = sorted(
        claims, key=lambda c: (c.version_id, c.start_char, c.end_char, c.kind, c.claim_id)
    )
    readings = read_claims(ordered, sources, names)
    out = Related([], [], [], [], [])
    links = find_links(readings)
    slots = _judge(readings, links, story_id)
    facts: list[BuiltFact] = []
    for judged in (*slots, *_judge_remarks(readings, story_id, synonyms)):
        built = build_facts(judged, story_id)
        facts += built
        out.relations.extend(relation_rows(judged.readings, judged.verdicts, built, story_id))
        for fact in built:
            out.facts.append(fact.fact)
            out.values.extend(fact.values)
            out.slotted.extend(_slotted(judged, fact, story_id))
            if fact.fact.kind == "quotation":
                out.wordings.extend(_wordings(judged, fact))
    filled, apart = judge_apart(slots, [(k.a, k.b) for k in links])
    out.relations.extend(relation_rows(filled, as_heard(filled, apart), facts, story_id))
    out.slotted.sort(key=lambda r: r.claim_id)
    out.relations.sort(key=lambda r: (r.claim_a, r.claim_b))
    out.facts.sort(key=lambda r: r.fact_id)
    out.values.sort(key=lambda r: (r.fact_id, r.rank))
    out.wordings.sort(key=lambda r: r.claim_id)
    return out


def _judge(readings: Sequence[Reading], links: Sequence[Link], story_id: str) -> list[JudgedSlot]:
    others = [i for i, r in enumerate(readings) if r.claim.kind != "quotation"]
    linked = frozenset((k.a, k.b) for k in links)
    return [
        without_unheard(judge_slot(readings, slot, linked))
        for slot in name_slots(readings, gather(readings, others, links), story_id)
    ]


def _judge_remarks(
    readings: Sequence[Reading], story_id: str, synonyms: Synonyms | None
) -> list[JudgedSlot]:
    quoted = [i for i, r in enumerate(readings) if r.claim.kind == "quotation"]
    pairs = find_pairs(readings, quoted, synonyms)
    judged = []
    for slot in name_slots(readings, _remarks(readings, quoted, pairs), story_id):
        inside = set(slot.members)
        judged.append(
            JudgedSlot(
                slot,
                {i: readings[i] for i in slot.members},
                {},
                False,
                {p: v for p, v in pairs.items() if p[0] in inside},
            )
        )
    return judged


def _remarks(
    readings: Sequence[Reading], quoted: Sequence[int], pairs: Mapping[Pair, Verdict]
) -> list[tuple[int, ...]]:
    """Quotations that are one remark: connected through verdicts, or said again in one document."""
    group_of = {i: i for i in quoted}

    def root(i: int) -> int:
        while group_of[i] != i:
            group_of[i] = group_of[group_of[i]]
            i = group_of[i]
        return i

    first_of: dict[tuple[str, str | None], int] = {}
    again = []
    for i in quoted:
        words = (readings[i].claim.canonical or readings[i].claim.value_text, readings[i].speaker)
        again.append((first_of.setdefault(words, i), i))
    for a, b in (*sorted(pairs), *again):
        one, other = sorted((root(a), root(b)))
        group_of[other] = one
    groups: dict[int, list[int]] = {}
    for i in quoted:
        groups.setdefault(root(i), []).append(i)
    return [tuple(g) for _, g in sorted(groups.items())]


def _slotted(judged: JudgedSlot, built: BuiltFact, story_id: str) -> list[SlottedClaim]:
    rows = []
    for index, value_id in built.value_of.items():
        reading = judged.readings[index]
        rows.append(
            SlottedClaim(
                claim_id=reading.claim_id,
                story_id=story_id,
                slot_id=judged.slot.slot_id,
                slot=judged.slot.text,
                subject=judged.slot.subject,
                scope=built.fact.scope,
                scope_basis=_scope_basis(judged, built, reading),
                fact_id=built.fact.fact_id,
                value_id=value_id,
                date_start=reading.days[0] if reading.days else None,
                date_end=reading.days[1] if reading.days else None,
                as_of=reading.as_of,
                as_of_basis=reading.as_of_basis,
                relation_to_fact=built.votes[index],
                is_heard=not is_unheard(reading),
            )
        )
    return rows


def _scope_basis(judged: JudgedSlot, built: BuiltFact, reading: Reading) -> str | None:
    if built.fact.scope is None:
        return None
    if reading.claim_id in judged.scope_basis:
        return judged.scope_basis[reading.claim_id]
    return "stated" if scope_text(reading) is not None else "inferred"


def _wordings(judged: JudgedSlot, built: BuiltFact) -> list[QuotationWording]:
    """The wordings of a remark, compared with the best one."""
    best_index = min(
        (i for i, v in built.value_of.items() if v == built.values[0].value_id),
        key=lambda i: (
            judged.readings[i].source.is_spun,
            judged.readings[i].source.is_withdrawn,
            judged.readings[i].claim.is_repeat,
            judged.readings[i].claim_id,
        ),
    )
    best = judged.readings[best_index].claim.value_text
    corrupted = {
        i
        for pair, verdict in judged.verdicts.items()
        if verdict.relation == "quote_corrupted"
        for i in pair
        if judged.readings[i].source.is_spun
    }
    return [
        QuotationWording(
            remark_id=built.fact.fact_id,
            claim_id=judged.readings[i].claim_id,
            document_id=judged.readings[i].source.document_id,
            wording=judged.readings[i].claim.value_text,
            diff=wording_diff(best, judged.readings[i].claim.value_text),
            is_damaged=i in corrupted or judged.readings[i].source.is_spun,
            is_best=i == best_index,
        )
        for i in sorted(built.value_of)
    ]
