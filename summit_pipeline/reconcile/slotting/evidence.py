"""Evidence for and against two claims speaking of one thing.

Belongs here: what two claims share, as numbers, and their weighted sum. Does not belong here: which
pairs are linked for it (`slots`), or how sure a difference must be (`identity`).
"""

import functools
from collections.abc import Mapping

from summit_pipeline.lexicons import load_toml
from summit_pipeline.reconcile.relating.intervals import (
    days_overlap,
    digits_of,
    interval_of,
    nearness,
    same_number,
    share_more_than_a_point,
)
from summit_pipeline.reconcile.relating.name_forms import compare_names
from summit_pipeline.reconcile.relating.relations_statuses import road_of, state_name
from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.reconcile.slotting.terms import likeness, overlap, word_classes

AMOUNTS = frozenset(
    ("money", "percent", "count", "rate", "measure", "score", "ordinal", "age", "duration")
)


@functools.cache
def weights_of(kind: str) -> Mapping[str, float]:
    """The lexicon's weights and thresholds for a kind."""
    lexicon = load_toml("slot_weights.toml")
    found: Mapping[str, float] = lexicon.get(kind, lexicon["amount"])
    return found


@functools.cache
def nouns(name: str) -> frozenset[str]:
    """Normal forms of a list of nouns in the lexicon."""
    found: frozenset[str] = frozenset()
    return found.union(*(word_classes(w) for w in load_toml("slot_weights.toml")[name]))


def unit_key(reading: Reading) -> str:
    """Kind and unit under which claims can meet at all; all words for people are one unit."""
    claim = reading.claim
    if claim.kind in ("money", "date", "score", "age", "duration", "percent"):
        return claim.kind
    if claim.kind in ("count", "ordinal"):
        return "count"
    if claim.kind == "status":
        return f"status:{road_of(reading)}"
    if claim.kind in ("name", "place"):
        return "name"
    return f"{claim.kind}:{(claim.unit or '').casefold()}"


def counted(reading: Reading) -> frozenset[str]:
    """Normal forms of the counted noun or unit."""
    unit = reading.claim.unit
    return word_classes(unit) if unit else frozenset()


def agreement_of(a: Reading, b: Reading) -> float:
    """How far the values agree: 1 equal, 0.5 within what the writing allows, 0 otherwise."""
    if a.claim.kind == "date":
        if a.days is None or b.days is None:
            return 1.0 if a.claim.date_expression == b.claim.date_expression else 0.0
        return 1.0 if a.days == b.days else 0.5 if days_overlap(a.days, b.days) else 0.0
    if a.claim.kind in ("name", "place"):
        return {"same": 1.0, "part": 0.5}.get(compare_names(a, b) or "", 0.0)
    if a.claim.kind == "status":
        same = state_name(a.claim.canonical or "") == state_name(b.claim.canonical or "")
        return float(same)
    x, y = a.claim.value, b.claim.value
    if x is not None and y is not None and same_number(x, y):
        return 1.0
    first, second = interval_of(a.claim), interval_of(b.claim)
    if first is None or second is None:
        return 0.0
    return 0.5 if share_more_than_a_point(first, second) else 0.0


# Two rival figures for one thing lie near each other more often than figures of two things do (the
# weight of `close` says how much).
def _closeness(a: Reading, b: Reading) -> float:
    """How near two different amounts lie: 1 for equal ones, towards 0 the further apart."""
    x, y = a.claim.value, b.claim.value
    if x is None or y is None:
        return 0.0
    # Figures of one digit, or in words, are near each other by chance.
    if min(sum(c.isdigit() for c in r.claim.value_text) for r in (a, b)) < 2:
        return 0.0
    return nearness(x, y)


def _telling(reading: Reading) -> float:
    """How much an equal value tells: the digits of a figure beyond the first (1,427,000: 3)."""
    value = reading.claim.value
    if reading.claim.kind == "date" or value is None:
        return 0.0
    return float(min(len(digits_of(value)), 4) - 1)


def features(a: Reading, b: Reading) -> dict[str, float]:
    """What speaks for and against two claims being of one slot, as numbers to be weighted."""
    agreement = agreement_of(a, b)
    nouns_known = bool(a.measure) and bool(b.measure)
    same_head = a.head is not None and a.head == b.head
    parties_known = bool(a.parties) and bool(b.parties)
    common = a.parties & b.parties
    return {
        "likeness": likeness(a.context, b.context),
        "overlap": overlap(a.context, b.context),
        "near": likeness(a.near, b.near),
        "equal": float(agreement == 1.0),
        "telling": _telling(a) * float(agreement == 1.0),
        "compatible": float(agreement == 0.5),
        "close": 0.0 if agreement else _closeness(a, b),
        "same_unit": float(bool(counted(a) & counted(b))),
        "same_head": float(same_head),
        "same_noun": float(nouns_known and bool(a.measure & b.measure)),
        "other_noun": float(nouns_known and not a.measure & b.measure),
        "same_party": float(bool(common)),
        "two_parties": float(len(common) > 1),
        "other_party": float(parties_known and not common),
    }


def link_score(a: Reading, b: Reading) -> float:
    """Log-odds, after the weights of the lexicon, that two claims speak of one thing."""
    weights = weights_of(a.claim.kind)
    return weights["bias"] + sum(weights[name] * x for name, x in features(a, b).items())
