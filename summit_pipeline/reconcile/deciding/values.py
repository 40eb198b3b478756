"""Values of a fact: which claims say the same, and under which most precise form.

Belongs here: grouping the claims of one scope into values, precision, and what the verdicts say
between two values. Does not belong here: which value is chosen (`facts`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from summit_pipeline.reconcile.damage.hearing import is_unheard
from summit_pipeline.reconcile.relating.intervals import contains, interval_of
from summit_pipeline.reconcile.relating.judging import JudgedSlot
from summit_pipeline.reconcile.relating.relations_statuses import state_name
from summit_pipeline.reconcile.relating.verdicts import JOINING, Verdict
from summit_pipeline.reconcile.relating.wordings import wording_of
from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.text.identity import stable_id


@dataclass(slots=True)
class Value:
    """One value of a fact while it is put together; the first member is its most precise one."""

    value_id: str
    members: list[int]
    joined_as: dict[int, str] = field(default_factory=dict)


def precision_of(reading: Reading) -> tuple[bool, float, int, int, str]:
    """Sort key: the more precise claim first; ties go to undamaged, original, earlier claims.

    Words that a machine chose come last, however precise they read: they only join values.
    """
    claim = reading.claim
    width = math.inf
    if claim.kind == "date":
        width = (reading.days[1] - reading.days[0]).days if reading.days else math.inf
    elif claim.kind == "quotation":
        width = -len(wording_of(claim.value_text).folded)
    elif claim.kind in ("name", "place"):
        width = -len(claim.canonical or "")
    elif claim.kind != "status":
        interval = interval_of(claim)
        width = interval.width if interval is not None else math.inf
        if claim.value is not None and claim.approximator is None:
            width = min(width, abs(claim.value))
    is_spun = int(reading.source.is_spun)
    return (is_unheard(reading), width, is_spun, int(claim.is_repeat), claim.claim_id)


def value_key(reading: Reading) -> str:
    """What makes a value of this fact a value of its own."""
    claim = reading.claim
    if claim.kind == "date":
        return str(reading.days or claim.date_expression)
    if claim.kind == "status":
        real = claim.modality not in ("possible", "planned", "demanded")
        return f"{state_name(claim.canonical or '')}|{claim.polarity}|{real}"
    if claim.kind == "quotation":
        return " ".join(wording_of(claim.value_text).folded)
    if claim.kind in ("name", "place"):
        return claim.canonical or claim.value_text
    return f"{claim.value}|{claim.interval_low}|{claim.interval_high}|{claim.unit}"


def verdict_on(judged: JudgedSlot, a: int, b: int) -> Verdict | None:
    """The verdict on two claims of the slot, in either order."""
    return judged.verdicts.get((min(a, b), max(a, b)))


def group_values(judged: JudgedSlot, members: Sequence[int], fact_id: str) -> list[Value]:
    """Put claims together into values, the most precise first."""
    values: list[Value] = []
    for index in sorted(members, key=lambda i: precision_of(judged.readings[i])):
        reading = judged.readings[index]
        best: tuple[int, int] | None = None
        for place, value in enumerate(values):
            relation = _joins(judged, index, value)
            if relation is not None:
                rank = (JOINING.index(relation), place)
                best = rank if best is None else min(best, rank)
        if best is None:
            key = value_key(reading)
            values.append(Value(stable_id(fact_id, key), [index], {index: "agree"}))
        else:
            values[best[1]].members.append(index)
            values[best[1]].joined_as[index] = JOINING[best[0]]
    return values


def _joins(judged: JudgedSlot, index: int, value: Value) -> str | None:
    """How a claim joins a value through its most precise member, if it does."""
    head = value.members[0]
    one, two = judged.readings[index], judged.readings[head]
    if value_key(one) == value_key(two):
        return "agree"
    if one.claim.kind == "quotation":
        return None
    verdict = verdict_on(judged, index, head)
    if verdict is not None:
        return verdict.relation if verdict.relation in JOINING else None
    if one.source.version_id == two.source.version_id and one.claim.kind not in ("status", "name"):
        first, second = interval_of(one.claim), interval_of(two.claim)
        if first is not None and second is not None and one.claim.unit == two.claim.unit:
            return "rounding" if contains(first, second) else None
    return None


def between(judged: JudgedSlot, one: Value, other: Value) -> set[str]:
    """Relations between the claims of two values."""
    found: set[str] = set()
    for a in one.members:
        for b in other.members:
            verdict = verdict_on(judged, a, b)
            if verdict is not None:
                found.add(verdict.relation)
    return found
