"""Words that a document swaps for others: siblings write the original beside the same neighbour.

Belongs here: that comparison for the listed pairs. Does not belong here: names (`name_damage`), or
what the findings mean for a grade (`siblings`).
"""

from dataclasses import dataclass

from summit_pipeline.lexicons.background import Background
from summit_pipeline.lexicons.spun_pairs import SpunPairs
from summit_pipeline.reconcile.damage.neighbour_words import Neighbours, Pair
from summit_pipeline.reconcile.damage.witnesses import Witnesses

# A neighbour in more articles than this share ties nothing together; with two siblings to compare
# with, both must write the original.
_FUNCTION_WORD = 0.3
_WITNESSES = 2


@dataclass(frozen=True, slots=True, order=True)
class SwappedWord:
    """A listed replacement that this document makes and its siblings do not, with its neighbour."""

    spun: str
    original: str
    beside: str
    siblings: int


def find_swapped_words(
    document: Neighbours,
    siblings: Witnesses,
    pairs: SpunPairs,
    background: Background,
) -> tuple[SwappedWord, ...]:
    """One finding for each listed pair, in alphabetical order.

    The document never writes the original beside that neighbour, no sibling writes the spun word
    there, and at least two siblings (all, where there are fewer) write the original there.
    """
    needed = min(_WITNESSES, len(siblings))
    if not needed:
        return ()
    found: dict[Pair, SwappedWord] = {}
    for pair in sorted(document.pairs):
        if siblings.count(pair):
            continue
        for at in (0, 1):
            beside = pair[1 - at]
            if not beside[:1].isalpha() or not _ties(beside, background):
                continue
            for original in pairs.originals.get((pair[at],), ()):
                if len(original) > 1:
                    continue
                other = (original[0], beside) if at == 0 else (beside, original[0])
                count = siblings.count(other)
                if count >= needed and other not in document.pairs:
                    swap = SwappedWord(pair[at], original[0], beside, count)
                    found.setdefault((pair[at], original[0]), swap)
    return tuple(sorted(found.values()))


def _ties(word: str, background: Background) -> bool:
    return background.documents_with(word) <= _FUNCTION_WORD * background.documents
