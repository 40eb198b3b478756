"""How two amounts of one slot stand to each other: money, counts, shares, measures, ages, scores.

The rules are those of docs/relations.md; the first that fires wins.

Belongs here: amounts. Does not belong here: whether the two are of one slot (`slots`) and scope
(`scopes`), which come first.
"""

import math

from summit_pipeline.reconcile.relating.intervals import (
    Interval,
    contains,
    cut_off,
    interval_of,
    last_step,
    same_number,
    share_more_than_a_point,
)
from summit_pipeline.reconcile.relating.verdicts import Setting, Verdict, different_speakers, order
from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.reconcile.slotting.scopes import scope_keys
from summit_pipeline.vocabulary import Claim

# People, ages, scores and ordinals are counted, not measured: 58 is not a rounded 59.
_EXACT_KINDS = frozenset(("age", "score", "ordinal"))
# Hedges that readers of the marked dev stories took for the same figure ("about 800,000" and
# 800,000: agree in 16 of 19 pairs); other hedges make it another precision of one figure.
_LIGHT_HEDGES = frozenset((None, "about", "up_to", "record"))
# A fraction of a figure of so many units or more tells no other figure (a choice).
_WHOLE_FROM = 100
_FLOORS = frozenset(("more_than", "at_least"))
_BOUNDS = frozenset(("more_than", "less_than", "at_least", "up_to"))


def relate_amounts(a: Reading, b: Reading, setting: Setting) -> Verdict | None:
    """The relation of two amounts; None where either has no readable value."""
    first, second = interval_of(a.claim), interval_of(b.claim)
    if first is None or second is None:
        return None
    return (
        _agree(a, b, first, second)
        or _rounding(a, b, first, second)
        or _less_specific(a, b, first, second)
        or _overlapping_range(a, b, first, second)
        or differing(a, b, setting)
    )


def _agree(a: Reading, b: Reading, first: Interval, second: Interval) -> Verdict | None:
    x, y = a.claim, b.claim
    if x.value is not None and y.value is not None and same_number(x.value, y.value):
        hedges = {x.approximator, y.approximator}
        if len(hedges) == 1 or hedges <= _LIGHT_HEDGES:
            return Verdict("agree", "equal_value", f"{a.quoted} and {b.quoted} are equal")
        reason = f"{a.quoted} and {b.quoted} are one figure, hedged in one of them"
        return Verdict("rounding", "hedged_value", reason)
    if x.value is None and y.value is None and first == second:
        return Verdict("agree", "equal_range", f"{a.quoted} and {b.quoted} are the same range")
    return None


def _is_exact(claim: Claim) -> bool:
    """Whether the figure is written out in full: counted, unhedged, its interval its own point."""
    if claim.approximator is not None or claim.value is None:
        return False
    interval = interval_of(claim)
    return claim.kind in _EXACT_KINDS or (interval is not None and interval.width == 0)


def _rounding(a: Reading, b: Reading, first: Interval, second: Interval) -> Verdict | None:
    if a.claim.value is None or b.claim.value is None:
        return None
    fraction = _without_fraction(a, b)
    if fraction is not None or (_is_exact(a.claim) and _is_exact(b.claim)):
        return fraction
    reason = f"{a.quoted} and {b.quoted} are one figure at different precision"
    if a.claim.kind in _EXACT_KINDS and not (a.claim.approximator or b.claim.approximator):
        return None
    if not share_more_than_a_point(first, second):
        return _cut_off(a, b, reason) or _touching_hedge(a, b)
    if a.claim.approximator is None and b.claim.approximator is None:
        if math.isclose(first.width, second.width, rel_tol=1e-6) and not _one_in_other(a, b):
            return None
        return Verdict("rounding", "precision_differs", reason)
    if a.claim.approximator in _BOUNDS or b.claim.approximator in _BOUNDS:
        return _two_floors(a, b) if _both_bounds(a, b) else _bound_and_hedge(a, b)
    return Verdict("rounding", "hedged_value", reason)


def _without_fraction(a: Reading, b: Reading) -> Verdict | None:
    """A counted figure whose fraction is left out: an index loses 623 points, or 623.34."""
    for short, long in ((a, b), (b, a)):
        x, y = short.claim.value, long.claim.value
        if x is None or y is None or abs(x) < _WHOLE_FROM:
            continue
        if x % 1 == 0 and y % 1 != 0 and abs(y - x) < 1:
            reason = f"{short.quoted} is {long.quoted} without the fraction"
            return Verdict("rounding", "cut_off", reason)
    return None


def _cut_off(a: Reading, b: Reading, reason: str) -> Verdict | None:
    """Digits cut off instead of rounded: $43 million for $43,885,310."""
    for short, long in ((a, b), (b, a)):
        if not _is_exact(short.claim) and cut_off(short.claim, long.claim):
            return Verdict("rounding", "cut_off", f"{reason}: digits cut off")
    return None


def _one_in_other(a: Reading, b: Reading) -> bool:
    """Whether the plain value of one lies inside what the writing of the other allows."""
    first, second = interval_of(a.claim), interval_of(b.claim)
    if first is None or second is None or a.claim.value is None or b.claim.value is None:
        return False
    return first.low < b.claim.value < first.high or second.low < a.claim.value < second.high


def _touching_hedge(a: Reading, b: Reading) -> Verdict | None:
    """A bound against the figure next to it: "more than 1.8 million" and 1.8 million."""
    for bound, plain in ((a, b), (b, a)):
        value, other = bound.claim.value, plain.claim.value
        if value is None or other is None or bound.claim.approximator is None:
            continue
        allowed = interval_of(plain.claim)
        if allowed is not None and allowed.low <= value <= allowed.high:
            return Verdict(
                "rounding", "hedged_value", f"{bound.quoted} is a bound next to {plain.quoted}"
            )
    return None


def _two_floors(a: Reading, b: Reading) -> Verdict | None:
    """Two figures rounded down: "more than $1 million" and "over $1.1 million".

    A writer says "more than" of the last round figure below, so the next one is not reached.
    """
    if a.claim.approximator not in _FLOORS or a.claim.value is None or b.claim.value is None:
        return None
    low, high = sorted((a.claim.value, b.claim.value))
    if high >= low + last_step(low):
        return None
    reason = f"{a.quoted} and {b.quoted} are one figure, rounded down"
    return Verdict("rounding", "hedged_value", reason)


def _bound_and_hedge(a: Reading, b: Reading) -> Verdict | None:
    """A bound inside what another hedged figure allows: "over 3.5" and "about 3.6"."""
    hedged = a.claim.approximator is not None and b.claim.approximator is not None
    return _touching_hedge(a, b) if hedged else None


def _less_specific(a: Reading, b: Reading, first: Interval, second: Interval) -> Verdict | None:
    for wide, narrow, outer, inner in ((a, b, first, second), (b, a, second, first)):
        vague = wide.claim.value is None or wide.claim.approximator is not None
        inside = contains(outer, inner) or _bound_holds(wide, narrow, outer)
        if vague and outer != inner and inside and not _both_bounds(a, b):
            reason = f"{wide.quoted} contains {narrow.quoted}"
            return Verdict("less_specific", "interval_contains", reason)
    vague_too = a.claim.approximator == "vague" or b.claim.approximator == "vague"
    if vague_too and share_more_than_a_point(first, second):
        reason = f"{a.quoted} and {b.quoted} overlap, and one of them is vague"
        return Verdict("less_specific", "vague_overlap", reason)
    return None


def _bound_holds(wide: Reading, narrow: Reading, outer: Interval) -> bool:
    """“Less than an inch” and 2.5 cm: a bound with the plain figure as written on its side."""
    value = narrow.claim.value
    plain = value is not None and narrow.claim.approximator is None
    return wide.claim.approximator in _BOUNDS and plain and outer.low <= (value or 0) <= outer.high


def _overlapping_range(a: Reading, b: Reading, first: Interval, second: Interval) -> Verdict | None:
    """A range against another hedged figure that shares part of it ("30 to 40", "about 40")."""
    if a.claim.value is not None and b.claim.value is not None:
        return None
    if not share_more_than_a_point(first, second) and first.high != second.high:
        return None
    return Verdict("rounding", "ranges_overlap", f"{a.quoted} and {b.quoted} overlap")


def _both_bounds(a: Reading, b: Reading) -> bool:
    """Whether both are bounds on one side: "up to 12 feet" and "up to 13 feet" are two bounds."""
    return a.claim.approximator == b.claim.approximator and a.claim.approximator in _BOUNDS


def differing(a: Reading, b: Reading, setting: Setting) -> Verdict:
    """The relation of two values that can't both hold: rules 5 to 9."""
    return (
        _correction(a, b, setting)
        or _update(a, b, setting)
        or _dispute(a, b)
        or _undecided(a, b, setting)
        or Verdict(
            "contradiction",
            "values_exclude",
            f"{a.quoted} and {b.quoted} can't both be right, and the texts give no cause",
        )
    )


def _correction(a: Reading, b: Reading, setting: Setting) -> Verdict | None:
    if setting.changing or a.source.version_id == b.source.version_id:
        return None
    same = a.source.document_id == b.source.document_id or (
        a.source.origin == b.source.origin and a.source.origin_known and b.source.origin_known
    )
    days = (a.source.published, b.source.published)
    if not same or days[0] is None or days[1] is None or days[0] == days[1]:
        return None
    old, new = (a, b) if days[0] < days[1] else (b, a)
    return Verdict(
        "correction",
        "same_origin_later",
        f"{new.quoted} is a later text of the origin that gave {old.quoted}",
        new.claim_id,
    )


def _update(a: Reading, b: Reading, setting: Setting) -> Verdict | None:
    if not setting.changing:
        return None
    found = order(a, b)
    if found is None:
        return None
    earlier, later, basis = found
    low, high = earlier.claim.value, later.claim.value
    if low is not None and high is not None and (high - low) * setting.direction < 0:
        return None
    if later.as_of is not None and setting.repeated_later(earlier, later.as_of):
        return None
    reason = f"{earlier.quoted}, then {later.quoted}: {basis}"
    return Verdict("update", "changing_value", reason, later.claim_id)


def _dispute(a: Reading, b: Reading) -> Verdict | None:
    if not different_speakers(a, b):
        return None
    return Verdict(
        "attributed_dispute",
        "speakers_differ",
        f"{a.speaker} says {a.quoted}, {b.speaker} says {b.quoted}",
    )


def _undecided(a: Reading, b: Reading, setting: Setting) -> Verdict | None:
    parts = {a.claim.part, b.claim.part}
    if a.source.version_id == b.source.version_id and "title" in parts and len(parts) > 1:
        return Verdict(
            "undecided",
            "headline_differs",
            f"the title and the body of one text differ: {a.quoted}, {b.quoted}",
        )
    one_sided = missing_keys(a, b) & setting.varied_keys
    if one_sided:
        key = min(one_sided)
        return Verdict(
            "undecided",
            "scope_unstated",
            f"only one of {a.quoted} and {b.quoted} states its {key}, and the value varies by it",
        )
    moves = not setting.direction or a.claim.kind == "age"
    if setting.changing and moves and order(a, b) is None:
        reason = f"the value moves, and nothing tells which of {a.quoted} and {b.quoted} is later"
        return Verdict("undecided", "order_unknown", reason)
    for reading in (a, b):
        if reading.claim.modality in ("possible", "demanded"):
            return Verdict("undecided", "not_asserted", f"{reading.quoted} is not stated as a fact")
    return None


def missing_keys(a: Reading, b: Reading) -> frozenset[str]:
    """Scope keys that only one of the two states."""
    return frozenset(scope_keys(a).keys() ^ scope_keys(b).keys())
