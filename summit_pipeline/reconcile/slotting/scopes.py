"""Scope: the period, base, part or place under which a value holds.

An unstated key is first filled from the claims of the slot that the claim agrees or rounds with;
only then are scopes compared. Belongs here: filling and comparing scopes. Does not belong here:
reading them from text (`extract.frames`).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from summit_pipeline.reconcile.relating.intervals import (
    Days,
    days_overlap,
    interval_of,
    same_number,
    share_more_than_a_point,
)
from summit_pipeline.reconcile.relating.verdicts import Verdict
from summit_pipeline.reconcile.slotting.readings import Reading

# Qualifiers of a claim that are scope: the value holds for one of their values only. The others
# (aspect of a status, undertaking class) describe the claim.
SCOPE_KEYS = frozenset(("base", "per", "part", "place", "reading", "stat", "over"))


def scope_keys(reading: Reading) -> dict[str, str]:
    """Stated scope of a claim as key -> value, the period in ISO form."""
    keys = {k: v for k, v in reading.qualifiers.items() if k in SCOPE_KEYS}
    if reading.period is not None:
        keys["period"] = f"{reading.period[0]}/{reading.period[1]}"
    if reading.claim.kind == "money" and reading.claim.unit:
        keys["currency"] = reading.claim.unit
    return keys


def compare_scopes(a: Reading, b: Reading) -> Verdict | None:
    """`scope_differs` where both state a key and the two can't be the same; else None.

    Periods differ if they have no day in common; a period inside another one is a nested scope and
    stays comparable.
    """
    first, second = scope_keys(a), scope_keys(b)
    for key in sorted(first.keys() & second.keys()):
        if first[key] == second[key]:
            continue
        if key == "period" and a.period and b.period and days_overlap(a.period, b.period):
            continue
        return Verdict(
            "scope_differs",
            f"{key}_differs",
            f"{a.quoted} holds for {_words(a, key)}, {b.quoted} for {_words(b, key)}",
        )
    return None


def _words(reading: Reading, key: str) -> str:
    if key == "period" and reading.period is not None:
        return reading.claim.period_text or show_days(reading.period)
    return f"{key} {scope_keys(reading)[key]}"


def show_days(days: Days) -> str:
    """A stretch of days in words: "2024", "2024-10", "2025-02-07", else first to last day."""
    first, after = days
    last = after - timedelta(days=1)
    if first == last:
        return first.isoformat()
    if first == date(first.year, 1, 1) and last == date(first.year, 12, 31):
        return str(first.year)
    if first.day == 1 and after.day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"{first.year}-{first.month:02d}"
    return f"{first} to {last}"


def scope_text(reading: Reading) -> str | None:
    """Scope in words for a reader: "2024; base=gdp"."""
    parts = [show_days(reading.period)] if reading.period is not None else []
    parts += [f"{k}={v}" for k, v in sorted(reading.qualifiers.items()) if k in SCOPE_KEYS]
    return "; ".join(parts) or None


def agrees_or_rounds(a: Reading, b: Reading) -> bool:
    """Whether two amounts are equal or one figure at different precision."""
    if a.claim.value is None or b.claim.value is None or a.claim.unit != b.claim.unit:
        return False
    if same_number(a.claim.value, b.claim.value):
        return True
    first, second = interval_of(a.claim), interval_of(b.claim)
    return first is not None and second is not None and share_more_than_a_point(first, second)


def fill_scopes(members: Sequence[Reading]) -> tuple[list[Reading], dict[str, str]]:
    """Fill unstated periods and qualifiers of a slot's claims.

    A key is taken from the claims of the slot that state it and agree or round with the claim; if
    these differ among themselves, it stays open. Returns the claims in the same order, and for each
    claim filled the basis `inferred` (by claim id).
    """
    filled: list[Reading] = []
    basis: dict[str, str] = {}
    for reading in members:
        like = [m for m in members if m is not reading and agrees_or_rounds(reading, m)]
        found = _fill_qualifiers(_fill_period(reading, like), like)
        if found is not reading:
            basis[reading.claim_id] = "inferred"
        filled.append(found)
    return filled, basis


def _fill_period(reading: Reading, like: Sequence[Reading]) -> Reading:
    periods = {m.period for m in like if m.period is not None}
    if reading.period is not None or len(periods) != 1:
        return reading
    return replace(reading, period=periods.pop())


def _fill_qualifiers(reading: Reading, like: Sequence[Reading]) -> Reading:
    told: dict[str, set[str]] = {}
    for other in like:
        for key, value in other.qualifiers.items():
            told.setdefault(key, set()).add(value)
    added = tuple(
        f"{key}={min(values)}"
        for key, values in sorted(told.items())
        if len(values) == 1 and key in SCOPE_KEYS and key not in reading.qualifiers
    )
    if not added:
        return reading
    claim = replace(reading.claim, qualifiers=(*reading.claim.qualifiers, *added))
    return replace(reading, claim=claim)


def varied_keys(members: Sequence[Reading]) -> frozenset[str]:
    """Keys for which the slot's claims state values that differ."""
    values: dict[str, set[str]] = {}
    for reading in members:
        for key, value in scope_keys(reading).items():
            values.setdefault(key, set()).add(value)
    return frozenset(key for key, found in values.items() if len(found) > 1)
