"""Whether two states that differ are of one undertaking or person, and in one matter.

Belongs here: statuses. Does not belong here: how two states compare (`relations_statuses`).
"""

from summit_pipeline.reconcile.relating.common_words import (
    ONE_SENTENCE,
    SOME_CONTEXT,
    common_context,
    modifiers,
    same_sentence,
)
from summit_pipeline.reconcile.relating.relations_statuses import (
    PERSONAL_ROADS,
    STANCES,
    road_of,
)
from summit_pipeline.reconcile.slotting.readings import Reading


def one_undertaking(a: Reading, b: Reading) -> bool:
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
    if a.claim.polarity != b.claim.polarity and not of_one and not same_sentence(a, b):
        return False
    named = bool(modifiers(a) & modifiers(b))
    context = common_context(a, b)
    if len(common) > 1 or (named and common):
        return True
    return context >= (SOME_CONTEXT if named or common else ONE_SENTENCE)


def one_matter(a: Reading, b: Reading) -> bool:
    """Whether two states exclude each other in one matter, and not just of one person or noun.

    Whoever is charged with one thing is not charged with another, and one candidate is backed where
    another is not: of 12 contradictions that one person or noun alone gave in 607 unseen stories,
    two were right.
    """
    return len(a.parties & b.parties) > 1 or common_context(a, b) >= ONE_SENTENCE
