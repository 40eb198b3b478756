"""Whether two amounts that differ are of one thing: near values, one noun, much the same words.

Belongs here: amounts. Does not belong here: dates, states and names (`one_event`,
`one_undertaking`, `one_bearer`), or how two amounts compare (`relations_amounts`).
"""

import re

from summit_pipeline.reconcile.relating.common_words import (
    DOUBTFUL,
    SOME_CONTEXT,
    common_context,
    likely,
    modifiers,
    same_sentence,
)
from summit_pipeline.reconcile.relating.intervals import digits_of, last_step, nearness
from summit_pipeline.reconcile.slotting.evidence import counted, link_score, nouns
from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.reconcile.slotting.terms import word_classes

# Calibration: see `common_words`.
_NEAR_VALUES = 0.45
_NEARLY_EQUAL = 0.6
_SOME_NEARNESS = 0.1
_LONG_FIGURE = 4
_SMALL = 9

# "Three other officers" are some of the four.
_REST = re.compile(
    r"\b(?:others?|another|more|additional|further|fellow|remaining)\b", re.IGNORECASE
)


def one_amount(a: Reading, b: Reading) -> bool:
    """Whether two amounts are positively of one thing."""
    if is_slip(a, b) and common_context(a, b) >= DOUBTFUL / 2:
        return True
    near = value_nearness(a, b)
    like = bool(a.parties & b.parties) or common_context(a, b) >= SOME_CONTEXT
    if near >= _NEARLY_EQUAL and a.alone and b.alone and same_noun(a, b):
        return True  # the only figure that either text gives for the noun
    if near >= _NEAR_VALUES and like and a.claim.kind != "score":
        # A sum's noun often stands in the verb ("paid", "worth"), so its head tells less.
        named = a.claim.kind == "money" and near >= _NEARLY_EQUAL
        if named or same_noun(a, b) or (near >= _NEARLY_EQUAL and link_score(a, b) >= 0):
            return True
    return same_sentence(a, b) and same_noun(a, b)


_FIGURE = re.compile(r"[$£€]?(?:\d[\d,.]*\d|\d)|[a-z]+", re.IGNORECASE)


def states_both(a: Reading, b: Reading) -> bool:
    """Whether the sentence of one of two figures states the other one too.

    "Of the 40 people injured, 29 required hospitalization" doesn't deny the 29 of another text.
    """
    return _states(a, b) or _states(b, a)


def _states(told: Reading, other: Reading) -> bool:
    figure = _FIGURE.match(other.claim.value_text)
    return figure is not None and figure.group().casefold() in {
        found.group().casefold() for found in _FIGURE.finditer(told.claim.sentence)
    }


def perhaps_one_measure(a: Reading, b: Reading) -> bool:
    """Whether two amounts under two scopes may be of one measure, so that showing both tells more.

    Values of two years may lie far apart, so their nearness counts only besides a common noun.
    """
    if told_apart(a, b):
        return False
    near = value_nearness(a, b) > _SOME_NEARNESS or bool(a.parties & b.parties)
    return likely(a, b) or (near and same_noun(a, b))


def value_nearness(a: Reading, b: Reading) -> float:
    """How near two amounts lie, 1 for equal ones and half for each tenth between them.

    Small counts are near each other by chance and count as far apart.
    """
    x, y = a.claim.value, b.claim.value
    if x is None or y is None:
        return 0.0
    if a.claim.kind in ("count", "ordinal", "duration") and min(abs(x), abs(y)) < _SMALL:
        return 0.0
    return nearness(x, y)


def is_slip(a: Reading, b: Reading) -> bool:
    """Whether two long figures differ in one digit only, and not the first: $5,687.75, $5,587.75.

    Two unrelated figures of one story are seldom so much alike by chance.
    """
    x, y = a.claim.value, b.claim.value
    if x is None or y is None:
        return False
    one, two = digits_of(x), digits_of(y)
    if len(one) != len(two) or len(one) < _LONG_FIGURE or last_step(x) != last_step(y):
        return False
    return one[0] == two[0] and sum(p != q for p, q in zip(one, two, strict=True)) == 1


def same_noun(a: Reading, b: Reading) -> bool:
    """Whether both count or measure the same noun; bare units (yards, hours) are no noun."""
    if a.claim.kind in ("count", "ordinal"):
        first, second = counted(a), counted(b)
        people = nouns("people") | nouns("fates")
        return bool(first & second) or (bool(first & people) and bool(second & people))
    return a.head is not None and a.head == b.head


def told_apart(a: Reading, b: Reading) -> bool:
    """Whether one noun has modifiers on both sides and none in common (hard, solid state drive)."""
    if not same_noun(a, b):
        return False
    if counted(a) & nouns("listed"):
        return True
    if bool(_REST.search(a.claim.value_text)) != bool(_REST.search(b.claim.value_text)):
        return True
    first, second = modifiers(a), modifiers(b)
    return bool(first) and bool(second) and not first & second


def somebodys(a: Reading, b: Reading) -> bool:
    """Whether points, yards and the like are claimed without a common player or team."""
    words = counted(a) | (word_classes(a.claim.value_text) if a.claim.kind == "measure" else set())
    return bool(words & nouns("performances")) and not a.parties & b.parties
