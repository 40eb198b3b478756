"""Facts: the values of one slot under one scope, and which of them is best supported.

Claims join a value through its most precise member, because rounding is not transitive. The value
with the most independent origins is chosen, each weighed by its accuracy where that was learned;
damaged texts have little or no voice, withdrawn ones none (`votes`).
Belongs here: values, choice, stances, votes. Does not belong here: verdicts (`judging`), how many
stand behind a value and what that makes of the fact (SQL: `intermediate.value_support`,
`intermediate.fact_support`, `marts.facts`).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from summit_pipeline.reconcile.damage.hearing import is_unheard
from summit_pipeline.reconcile.deciding.values import (
    Value,
    between,
    group_values,
    precision_of,
    value_key,
    verdict_on,
)
from summit_pipeline.reconcile.deciding.votes import heard, is_shared, weight
from summit_pipeline.reconcile.relating.intervals import interval_of
from summit_pipeline.reconcile.relating.judging import JudgedSlot
from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.reconcile.slotting.scopes import scope_text
from summit_pipeline.reconcile.tables import Fact, FactValue
from summit_pipeline.text.identity import stable_id
from summit_pipeline.vocabulary import RelationToFact, Stance

_OPPOSING = ("contradiction", "attributed_dispute")
_REPLACING = ("update", "correction")


@dataclass(frozen=True, slots=True)
class BuiltFact:
    """A fact with its rows, the best value first, and for each claim (index) value and vote."""

    fact: Fact
    values: tuple[FactValue, ...]
    value_of: Mapping[int, str]
    votes: Mapping[int, RelationToFact]
    scope_basis: str | None


def scopes_of(judged: JudgedSlot) -> dict[str | None, list[int]]:
    """The slot's claims by scope; claims that state none go with the only scope there is."""
    found: dict[str | None, list[int]] = {}
    for index in sorted(judged.readings):
        found.setdefault(scope_text(judged.readings[index]), []).append(index)
    stated = [scope for scope in found if scope is not None]
    if len(stated) == 1 and None in found:
        found[stated[0]] = sorted(found[stated[0]] + found.pop(None))
    return found


def build_facts(judged: JudgedSlot, story_id: str) -> list[BuiltFact]:
    """All facts of a slot, one for each scope."""
    return [
        _build(judged, story_id, scope, members) for scope, members in scopes_of(judged).items()
    ]


def _build(
    judged: JudgedSlot, story_id: str, scope: str | None, members: Sequence[int]
) -> BuiltFact:
    slot = judged.slot
    fact_id = stable_id(story_id, slot.slot_id, scope or "")
    values = group_values(judged, members, fact_id)
    ranked = _rank(judged, values)
    stances = [_stance(judged, ranked[0], v) for v in ranked]
    rows = tuple(
        _value_row(judged, fact_id, v, place + 1, stances[place], ranked)
        for place, v in enumerate(ranked)
    )
    best = ranked[0]
    head = judged.readings[best.members[0]]
    bases = {judged.scope_basis.get(judged.readings[i].claim_id, "stated") for i in members}
    fact = Fact(
        fact_id=fact_id,
        slot_id=slot.slot_id,
        story_id=story_id,
        kind=head.claim.kind,
        subject=slot.subject,
        scope=scope,
        unit=head.claim.unit,
        value_safe=_safe(judged, best),
    )
    return BuiltFact(
        fact,
        rows,
        {i: v.value_id for v in ranked for i in v.members},
        _votes(judged, ranked, stances),
        None if scope is None else "inferred" if bases == {"inferred"} else "stated",
    )


def _readings(judged: JudgedSlot, value: Value) -> list[Reading]:
    return [judged.readings[i] for i in value.members]


def _rank(judged: JudgedSlot, values: list[Value]) -> list[Value]:
    """Best value first: last state of a changing slot, then weight, then the more precise one.

    Of a remark's wordings, the longest undamaged one with most origins behind it, shorter wordings
    of it included.
    """
    replaced = {v.value_id for v in values if _is_replaced(judged, v, values)}

    def support(value: Value) -> list[Reading]:
        found = _readings(judged, value)
        if found[0].claim.kind == "quotation":
            for other in values:
                if other is not value and "quote_elided" in between(judged, value, other):
                    found = found + _readings(judged, other)
        return found

    return sorted(
        values,
        key=lambda v: (
            _is_unheard(judged, v),
            v.value_id in replaced,
            all(r.source.is_spun for r in _readings(judged, v)),
            -weight(support(v)),
            -len({r.source.document_id for r in support(v)}),
            precision_of(judged.readings[v.members[0]])[:4],
            value_key(judged.readings[v.members[0]]),
        ),
    )


def _is_unheard(judged: JudgedSlot, value: Value) -> bool:
    """Whether nothing but a rewriter's words stands behind the value."""
    return all(is_unheard(r) for r in _readings(judged, value))


def _is_replaced(judged: JudgedSlot, value: Value, others: Sequence[Value]) -> bool:
    """Whether an update or correction says that another value came after this one."""
    return any(other is not value and _came_after(judged, value, other) for other in others)


def _came_after(judged: JudgedSlot, old: Value, new: Value) -> bool:
    for a in old.members:
        for b in new.members:
            verdict = verdict_on(judged, a, b)
            if verdict is not None and verdict.later == judged.readings[b].claim_id:
                return True
    return False


def _stance(judged: JudgedSlot, chosen: Value, value: Value) -> Stance:
    if value is chosen:
        return "chosen"
    found = between(judged, chosen, value)
    if found & set(_OPPOSING):
        return "rival"
    if found & set(_REPLACING):
        is_later = _is_unheard(judged, value) and _came_after(judged, chosen, value)
        return "undecided" if is_later else "superseded"
    if found & {"quote_corrupted", "quote_variant", "quote_elided"}:
        return "rival"
    return "undecided"


def _safe(judged: JudgedSlot, value: Value) -> str | None:
    """The most precise form that at least two voters state or imply."""
    ordered = sorted(value.members, key=lambda i: precision_of(judged.readings[i]))
    seen: list[Reading] = []
    for index in ordered:
        if is_unheard(judged.readings[index]):
            continue
        seen.append(judged.readings[index])
        if is_shared(seen):
            return " ".join(judged.readings[index].claim.value_text.split())
    return None


def _vote(joined_as: str) -> RelationToFact:
    return {
        "agree": "supports",
        "rounding": "supports_rounded",
        "less_specific": "supports_less_specific",
    }[joined_as]  # type: ignore[return-value]


def _votes(
    judged: JudgedSlot, ranked: Sequence[Value], stances: Sequence[Stance]
) -> dict[int, RelationToFact]:
    votes: dict[int, RelationToFact] = {}
    for value, stance in zip(ranked, stances, strict=True):
        found = between(judged, ranked[0], value)
        for index in value.members:
            if stance == "chosen":
                votes[index] = _vote(value.joined_as[index])
            elif stance == "superseded":
                votes[index] = "superseded"
            elif found & set(_OPPOSING):
                votes[index] = "opposes"
            elif "quote_elided" in found:
                votes[index] = "supports_less_specific"
            elif "quote_variant" in found:
                votes[index] = "supports_rounded"
            else:
                votes[index] = "no_vote"
            if judged.readings[index].claim.is_repeat or is_unheard(judged.readings[index]):
                votes[index] = "no_vote"
    return votes


def _value_row(
    judged: JudgedSlot,
    fact_id: str,
    value: Value,
    rank: int,
    stance: Stance,
    ranked: Sequence[Value],
) -> FactValue:
    head = _readings(judged, value)[0]
    interval = interval_of(head.claim) if head.claim.value is not None else None
    return FactValue(
        value_id=value.value_id,
        fact_id=fact_id,
        rank=rank,
        value_text=" ".join(head.claim.value_text.split()),
        value=head.claim.value,
        interval_low=interval.low if interval and math.isfinite(interval.low) else None,
        interval_high=interval.high if interval and math.isfinite(interval.high) else None,
        state_from=_first_day(heard(_readings(judged, value))) if judged.changing else None,
        state_to=_end_of_state(judged, value, ranked) if stance == "superseded" else None,
        stance=stance,
    )


def _first_day(readings: Sequence[Reading]) -> date | None:
    days = [r.as_of for r in readings if r.as_of is not None]
    return min(days) if days else None


def _end_of_state(judged: JudgedSlot, value: Value, ranked: Sequence[Value]) -> date | None:
    """The first day of the state that came after."""
    after = [
        day
        for other in ranked
        if other is not value and _came_after(judged, value, other)
        for day in [_first_day(_readings(judged, other))]
        if day is not None
    ]
    return min(after) if after else None
