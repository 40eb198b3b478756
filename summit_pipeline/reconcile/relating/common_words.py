"""What the words around two claims have in common.

Belongs here: how much of two contexts is shared, and the modifiers of a claim's noun. Does not
belong here: what follows from it for amounts, events or states (`one_*`).
"""

from summit_pipeline.reconcile.slotting.evidence import counted, nouns
from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.reconcile.slotting.terms import likeness, overlap, word_classes

# Calibration: 61 distinct contradictions that the first version predicted on the marked dev stories
# were read by hand; 13 were right. Of these, 9 have values within 12 % of each other and some
# context in common; of the 48 wrong ones, 5.
SOME_CONTEXT = 0.2
ONE_SENTENCE = 0.5
# Below this, two figures that differ are taken for figures of two things and not shown at all.
DOUBTFUL = 0.35
_ENOUGH_WORDS = 3


def common_context(a: Reading, b: Reading) -> float:
    """How much of the words around two claims is common, 0 to 1: of all, or of the next ones."""
    return max(
        likeness(a.context, b.context), likeness(a.near, b.near), overlap(a.context, b.context)
    )


def likely(a: Reading, b: Reading) -> bool:
    """Whether two claims are likely enough to be of one thing to be held against each other."""
    return common_context(a, b) >= DOUBTFUL


def much_alike(a: Reading, b: Reading) -> bool:
    """Whether so many words around two claims are shared that the noun need not be.

    Of ten differences that this adds in 607 unseen stories, nine are of one thing.
    """
    shared = a.context.weights.keys() & b.context.weights.keys()
    return len(shared) >= _ENOUGH_WORDS and common_context(a, b) >= ONE_SENTENCE


def same_sentence(a: Reading, b: Reading) -> bool:
    """Whether the words around two claims are nearly the same on both sides, and not just a few.

    "He faces up to five years in prison" is said of anybody.
    """
    if not much_alike(a, b):
        return False
    both = likeness(a.context, b.context), overlap(a.context, b.context)
    return min(both) >= ONE_SENTENCE


def modifiers(reading: Reading) -> frozenset[str]:
    """The words that tell a claim's noun from others of its kind: "hard" of a hard drive."""
    plain = counted(reading) | nouns("people") | nouns("general_undertakings")
    for party in reading.claim.parties:
        plain |= word_classes(party)
    return frozenset(m for m in reading.measure if m not in plain and m != reading.head)
