"""Disagreements: one row for each pair of values that differ, drawn from the verdicts on claims.

Belongs here: which verdict stands for a pair of values, and which two claims show it best. Does not
belong here: the verdicts themselves (`judging`), or the values (`facts`).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from summit_pipeline.reconcile.deciding.facts import BuiltFact
from summit_pipeline.reconcile.relating.judging import JudgedSlot, Pair
from summit_pipeline.reconcile.relating.verdicts import JOINING, Verdict
from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.reconcile.tables import ClaimRelation, Disagreement, Fact, FactValue
from summit_pipeline.text.identity import stable_id
from summit_pipeline.vocabulary import Relation, Severity

# Where the pairs of two values got several verdicts, the most frequent one stands for the values;
# ties go to the graver one.
_GRAVITY: tuple[Relation, ...] = (
    "contradiction", "attributed_dispute", "quote_corrupted", "undecided", "correction", "update",
    "scope_differs", "quote_variant", "quote_elided", "less_specific", "rounding", "agree",
)  # fmt: skip


def severity_of(relation: Relation) -> Severity:
    """How much attention a relation asks for."""
    if relation == "contradiction":
        return "error"
    if relation in ("undecided", "attributed_dispute", "quote_corrupted"):
        return "warn"
    return "info"


def relate_slot(
    judged: JudgedSlot, facts: Sequence[BuiltFact], story_id: str
) -> tuple[list[ClaimRelation], list[Disagreement]]:
    """Rows of relations and disagreements of one slot."""
    value_of = {i: v for f in facts for i, v in f.value_of.items()}
    fact_of = {i: f.fact for f in facts for i in f.value_of}
    rows = {v.value_id: v for f in facts for v in f.values}
    by_values: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in judged.verdicts:
        one, other = sorted((value_of[pair[0]], value_of[pair[1]]))
        if one != other:
            by_values[one, other].append(pair)
    disagreements: list[Disagreement] = []
    disagreement_of: dict[Pair, str] = {}
    for values, pairs in sorted(by_values.items()):
        row = _disagreement(judged, values, pairs, value_of, fact_of, rows, story_id)
        if row is None:
            continue
        disagreements.append(row)
        disagreement_of.update(
            (p, row.disagreement_id) for p in pairs if judged.verdicts[p].relation not in JOINING
        )
    relations = [
        _relation(judged, pair, verdict, fact_of, disagreement_of.get(pair), story_id)
        for pair, verdict in judged.verdicts.items()
    ]
    return relations, disagreements


def _relation(
    judged: JudgedSlot,
    pair: Pair,
    verdict: Verdict,
    fact_of: Mapping[int, Fact],
    disagreement_id: str | None,
    story_id: str,
) -> ClaimRelation:
    a, b = sorted(pair, key=lambda i: judged.readings[i].claim_id)
    return ClaimRelation(
        story_id=story_id,
        fact_a=fact_of[a].fact_id,
        fact_b=fact_of[b].fact_id,
        claim_a=judged.readings[a].claim_id,
        claim_b=judged.readings[b].claim_id,
        kind=judged.readings[a].claim.kind,
        relation=verdict.relation,
        rule=verdict.rule,
        reason=verdict.reason,
        disagreement_id=disagreement_id,
    )


def _shows_best(judged: JudgedSlot, pair: Pair) -> tuple[int, int, int, str, str]:
    """Sort key: claims not repeated, of undamaged texts, in the body, in a stable order."""
    a, b = (judged.readings[i] for i in pair)
    return (
        int(a.claim.is_repeat) + int(b.claim.is_repeat),
        int(a.source.is_spun) + int(b.source.is_spun),
        int(a.claim.part != "body") + int(b.claim.part != "body"),
        min(a.claim_id, b.claim_id),
        max(a.claim_id, b.claim_id),
    )


def _disagreement(
    judged: JudgedSlot,
    values: tuple[str, str],
    pairs: Sequence[Pair],
    value_of: Mapping[int, str],
    fact_of: Mapping[int, Fact],
    rows: Mapping[str, FactValue],
    story_id: str,
) -> Disagreement | None:
    counts = Counter(judged.verdicts[p].relation for p in pairs)
    relation = min(counts, key=lambda r: (-counts[r], _GRAVITY.index(r)))
    if relation in JOINING:
        return None
    shown = min(
        (p for p in pairs if judged.verdicts[p].relation == relation),
        key=lambda p: _shows_best(judged, p),
    )
    first, second = shown if value_of[shown[0]] == values[0] else (shown[1], shown[0])
    verdict = judged.verdicts[shown]
    one, other = rows[values[0]], rows[values[1]]
    a, b = judged.readings[first], judged.readings[second]
    return Disagreement(
        disagreement_id=stable_id(*values),
        story_id=story_id,
        fact_a=fact_of[first].fact_id,
        fact_b=fact_of[second].fact_id,
        kind=a.claim.kind,
        subject=judged.slot.subject,
        relation=relation,
        severity=severity_of(relation),
        value_a=_words(a, one),
        value_b=_words(b, other),
        number_a=one.value,
        number_b=other.value,
        document_count_a=one.document_count,
        document_count_b=other.document_count,
        origin_count_a=one.origin_count,
        origin_count_b=other.origin_count,
        shown_claim_a=a.claim_id,
        shown_claim_b=b.claim_id,
        rule=verdict.rule,
        reason=verdict.reason,
    )


def _words(shown: Reading, value: FactValue) -> str:
    """The value in words: of statuses and remarks as the shown claim has it."""
    if shown.claim.kind in ("status", "quotation"):
        return " ".join(shown.claim.value_text.split())
    return value.value_text
