"""Whether two claims that differ are positively of one thing.

A link says that two claims probably speak of one thing; that is enough where they agree. A
difference that is shown to a reader needs more, and a contradiction, which accuses somebody, most:
the same noun with no modifier that tells the two apart, and either figures so near each other that
they can hardly be of two things, or almost the same sentence; one undertaking of the same parties;
one event, not two acts of saying. Belongs here: this test. Does not belong here: linking (`slots`)
and verdicts (`relations*`).
"""

import math
import re
from datetime import timedelta

from summit_pipeline.reconcile.relating.intervals import digits_of, last_step
from summit_pipeline.reconcile.relating.name_forms import is_post
from summit_pipeline.reconcile.relating.relations_statuses import (
    PERSONAL_ROADS,
    STANCES,
    road_of,
)
from summit_pipeline.reconcile.slotting.evidence import counted, features, link_score, nouns
from summit_pipeline.reconcile.slotting.parties import name_key
from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.reconcile.slotting.terms import word_classes

# Calibration: 61 distinct contradictions that the first version predicted on the marked dev stories
# were read by hand; 13 were right. Of these, 9 have values within 12 % of each other and some
# context in common; of the 48 wrong ones, 5.
_NEAR_VALUES = 0.45
_SOME_CONTEXT = 0.2
_NEARLY_EQUAL = 0.6
_ONE_SENTENCE = 0.5
# Below this, two figures that differ are taken for figures of two things and not shown at all.
_DOUBTFUL = 0.35
_SOME_NEARNESS = 0.1
_ENOUGH_WORDS = 3
_LONG_FIGURE = 4
_HALVING = math.log(1.1)
_SMALL = 9


# "Three other officers" are some of the four.
_REST = re.compile(
    r"\b(?:others?|another|more|additional|further|fellow|remaining)\b", re.IGNORECASE
)


def surely_one_thing(a: Reading, b: Reading) -> bool:
    """Whether a difference between the two claims is a difference about one thing."""
    kind = a.claim.kind
    if kind == "status":
        return _one_undertaking(a, b) and _one_matter(a, b)
    if kind == "date":
        return _one_event(a, b)
    if kind in ("name", "place"):
        return _one_bearer(a, b)
    if _told_apart(a, b) or _somebodys(a, b):
        return False
    if kind != b.claim.kind:
        return False  # the 2,292nd point is one of 2,302
    if kind == "measure" and not (a.alone and b.alone):
        return False  # a text that gives several clock rates speaks of several models
    if kind in ("measure", "money", "percent", "duration") and (a.listed or b.listed):
        # Options and stages ("128GB or 256GB", "rose from 2 to 3") are several things of one unit.
        return (bool(a.parties & b.parties) or _is_slip(a, b)) and _one_amount(a, b)
    if kind == "age":
        return a.actor is not None and a.actor == b.actor
    return _one_amount(a, b)


def perhaps_one_thing(a: Reading, b: Reading) -> bool:
    """Whether it is worth telling a reader that two claims may differ about one thing."""
    if surely_one_thing(a, b):
        return True
    kind = a.claim.kind
    if kind == "status":
        near = road_of(a) not in PERSONAL_ROADS or _context(a, b) >= _SOME_CONTEXT
        return near and _one_undertaking(a, b)
    if kind in ("age", "name", "place"):
        return False
    if kind == "date":
        return _one_occasion(a, b) and _likely(a, b)
    if _told_apart(a, b) or (kind == "measure" and _somebodys(a, b)):
        return False
    return (_likely(a, b) and _same_noun(a, b)) or _much_alike(a, b)


def _much_alike(a: Reading, b: Reading) -> bool:
    """Whether so many words around two claims are shared that the noun need not be.

    Of ten differences that this adds in 607 unseen stories, nine are of one thing.
    """
    shared = a.context.weights.keys() & b.context.weights.keys()
    return len(shared) >= _ENOUGH_WORDS and _context(a, b) >= _ONE_SENTENCE


def perhaps_one_measure(a: Reading, b: Reading) -> bool:
    """Whether two amounts under two scopes may be of one measure, so that showing both tells more.

    Values of two years may lie far apart, so their nearness counts only besides a common noun.
    """
    if _told_apart(a, b):
        return False
    near = value_nearness(a, b) > _SOME_NEARNESS or bool(a.parties & b.parties)
    return _likely(a, b) or (near and _same_noun(a, b))


def _somebodys(a: Reading, b: Reading) -> bool:
    """Whether points, yards and the like are claimed without a common player or team."""
    words = counted(a) | (word_classes(a.claim.value_text) if a.claim.kind == "measure" else set())
    return bool(words & nouns("performances")) and not a.parties & b.parties


def _likely(a: Reading, b: Reading) -> bool:
    return _context(a, b) >= _DOUBTFUL


def _same_sentence(a: Reading, b: Reading) -> bool:
    """Whether the words around two claims are nearly the same on both sides, and not just a few.

    "He faces up to five years in prison" is said of anybody.
    """
    if not _much_alike(a, b):
        return False
    found = features(a, b)
    return min(found["likeness"], found["overlap"]) >= _ONE_SENTENCE


def _one_bearer(a: Reading, b: Reading) -> bool:
    """Whether two names that differ are said of one person, thing or place.

    Offices and charges have many holders, and things happen at many places: only almost the same
    sentence tells that one is meant, or a part of the name that is the same (another spelling).
    """
    if a.head is None or a.head != b.head:
        return False
    if _same_sentence(a, b) or (is_post(a) and a.actor is not None and a.actor == b.actor):
        return True
    first, second = (name_key(r.claim.canonical or r.claim.value_text) for r in (a, b))
    alike = len(first) == len(second) > 1 and bool(set(first) & set(second))
    return a.claim.kind == "name" and alike and bool(a.parties & b.parties)


def _one_undertaking(a: Reading, b: Reading) -> bool:
    """Whether two states are of one undertaking, or of one person where the state is a person's.

    "The bill" and "the protests" are many; two common parties, a common modifier of the noun, or
    one of these and a common context make it one.
    """
    road = road_of(a)
    if road == STANCES:
        return a.actor is not None and a.actor == b.actor
    if road in PERSONAL_ROADS and a.parties and b.parties:
        return bool(a.parties & b.parties)
    if not all(r.measure or r.parties for r in (a, b)):
        return False  # "it is unclear" is said of anything
    common = a.parties & b.parties
    one_actor = a.actor is not None and a.actor == b.actor
    of_one = one_actor and bool(common or a.measure & b.measure)
    if a.claim.polarity != b.claim.polarity and not of_one and not _same_sentence(a, b):
        return False
    named = bool(_modifiers(a) & _modifiers(b))
    context = _context(a, b)
    if len(common) > 1 or (named and common):
        return True
    return context >= (_SOME_CONTEXT if named or common else _ONE_SENTENCE)


def _one_matter(a: Reading, b: Reading) -> bool:
    """Whether two states exclude each other in one matter, and not just of one person or noun.

    Whoever is charged with one thing is not charged with another, and one candidate is backed where
    another is not: of 12 contradictions that one person or noun alone gave in 607 unseen stories,
    two were right.
    """
    return len(a.parties & b.parties) > 1 or _context(a, b) >= _ONE_SENTENCE


def value_nearness(a: Reading, b: Reading) -> float:
    """How near two amounts lie, 1 for equal ones and half for each tenth between them.

    Small counts are near each other by chance and count as far apart.
    """
    x, y = a.claim.value, b.claim.value
    if x is None or y is None or x * y <= 0:
        return 0.0
    if a.claim.kind in ("count", "ordinal", "duration") and min(abs(x), abs(y)) < _SMALL:
        return 0.0
    return float(0.5 ** (abs(math.log(x / y)) / _HALVING))


def _context(a: Reading, b: Reading) -> float:
    found = features(a, b)
    return max(found["likeness"], found["near"], found["overlap"])


def _is_slip(a: Reading, b: Reading) -> bool:
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


def _one_amount(a: Reading, b: Reading) -> bool:
    found = features(a, b)
    if _is_slip(a, b) and _context(a, b) >= _DOUBTFUL / 2:
        return True
    nearness = value_nearness(a, b)
    like = found["same_party"] > 0 or _context(a, b) >= _SOME_CONTEXT
    if nearness >= _NEARLY_EQUAL and a.alone and b.alone and _same_noun(a, b):
        return True  # the only figure that either text gives for the noun
    if nearness >= _NEAR_VALUES and like and a.claim.kind != "score":
        # A sum's noun often stands in the verb ("paid", "worth"), so its head tells less.
        named = a.claim.kind == "money" and nearness >= _NEARLY_EQUAL
        if named or _same_noun(a, b) or (nearness >= _NEARLY_EQUAL and link_score(a, b) >= 0):
            return True
    return _same_sentence(a, b) and _same_noun(a, b)


def _same_noun(a: Reading, b: Reading) -> bool:
    """Whether both count or measure the same noun; bare units (yards, hours) are no noun."""
    if a.claim.kind in ("count", "ordinal"):
        first, second = counted(a), counted(b)
        people = nouns("people") | nouns("fates")
        return bool(first & second) or (bool(first & people) and bool(second & people))
    return a.head is not None and a.head == b.head


def _told_apart(a: Reading, b: Reading) -> bool:
    """Whether one noun has modifiers on both sides and none in common (hard, solid state drive)."""
    if not _same_noun(a, b):
        return False
    if counted(a) & nouns("listed"):
        return True
    if bool(_REST.search(a.claim.value_text)) != bool(_REST.search(b.claim.value_text)):
        return True
    first, second = _modifiers(a), _modifiers(b)
    return bool(first) and bool(second) and not first & second


def _modifiers(reading: Reading) -> frozenset[str]:
    plain = counted(reading) | nouns("people") | nouns("general_undertakings")
    for party in reading.claim.parties:
        plain |= word_classes(party)
    return frozenset(m for m in reading.measure if m not in plain and m != reading.head)


def _one_event(a: Reading, b: Reading) -> bool:
    """Two dates of one event lie next to each other."""
    if a.days is None or b.days is None or not _one_occasion(a, b):
        return False
    if _is_loose(a) or _is_loose(b):
        return False
    longest = max(a.days[1] - a.days[0], b.days[1] - b.days[0])
    apart = max(a.days[0], b.days[0]) - min(a.days[1], b.days[1])
    return apart <= max(2 * longest, timedelta(days=7)) if longest.days == 1 else apart < longest


# Stretches counted from the day of publication: "last week" on a Sunday may be either week.
_LOOSE = re.compile(r"(?:last|this|next|following|offset):(?:n:|week|month|year|quarter|season)")


def _is_loose(reading: Reading) -> bool:
    return _LOOSE.match(reading.claim.date_expression or "") is not None


def _one_occasion(a: Reading, b: Reading) -> bool:
    """Whether two dates are of one happening; acts of saying happen on any day."""
    if a.head is None or a.head != b.head or a.head in nouns("acts_of_saying"):
        return False
    common, context = a.parties & b.parties, _context(a, b)
    if a.claim.modality == "planned" or b.claim.modality == "planned":
        # Courts hear, and parliaments vote, on many days to come.
        return bool(common) and context >= _ONE_SENTENCE
    return len(common) > 1 or context >= _ONE_SENTENCE
