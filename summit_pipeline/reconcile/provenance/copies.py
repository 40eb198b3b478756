"""Which texts of a story copy each other: near-copies, abridged copies, copies in other words.

Belongs here: deciding on pairs of texts, with the words that show it. Does not belong here: how
texts are compared (`shingles`, `retellings`), which of two is the source, or what origin follows
(`origins`). Offsets are code points of the clean text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from summit_pipeline.reconcile.provenance.retellings import Anchored, anchors, shared_order
from summit_pipeline.reconcile.provenance.shingles import Shingled, longest_shared, overlaps
from summit_pipeline.vocabulary import Span

# A near-copy shares half of all runs, an abridged one has four fifths of its runs in the longer
# text; below that, two texts share boilerplate or background paragraphs.
_COPY_JACCARD = 0.5
_COPY_CONTAINED = 0.8
# Fewer runs than this (about two sentences) are no evidence on the whole text.
_FEWEST_RUNS = 20
# Names and numbers in one order: how many of them, and what share of the fewer. Of 141,414 pairs of
# articles of one day or the next (two years of the load test), none of two outlets that shares
# hardly any prose comes near (13 anchors, share 0.72), nor does one of 907 pairs of reports of one
# event in AllSides, BASIL and NewsWCL50. Of made copies with half of their plain words exchanged
# 99 % do, of abridged ones 91 % (`python -m benchmarks copies`).
_LEAST_IN_ORDER = ((14, 0.8), (10, 0.9))
_FEWEST_DISTINCT = 8  # "Trump ... Trump ... Mexico ... Trump" is in order anywhere
# In larger stories only so many texts, the first in reading order, are compared by their anchors.
_MOST_TEXTS = 400


@dataclass(frozen=True, slots=True)
class Copy:
    """Two texts (by their places) of which one copies the other, or both a third.

    `kind` is near_copy or rewritten_copy; the shares tell how much of each text's runs, or of its
    names and numbers, the other one has; the spans show it.
    """

    first: int
    second: int
    kind: str
    share_of_first: float
    share_of_second: float
    span_in_first: Span
    span_in_second: Span

    def share_of(self, place: int) -> float:
        """How much of one of the two texts stands in the other."""
        return self.share_of_first if place == self.first else self.share_of_second

    def span_in(self, place: int) -> Span:
        """The words of one of the two texts that show it."""
        return self.span_in_first if place == self.first else self.span_in_second

    def other(self, place: int) -> int:
        """The other one of the two."""
        return self.second if place == self.first else self.first


def find_copies(texts: Sequence[str], shingled: Sequence[Shingled]) -> list[Copy]:
    """All pairs of copies among the clean texts of a story, given their five-word runs."""
    found = _near_copies(shingled)
    known = {(copy.first, copy.second) for copy in found}
    anchored = [anchors(text) for text in texts[:_MOST_TEXTS]]
    for first, second in combinations(range(len(anchored)), 2):
        if (first, second) not in known:
            found += _rewritten(first, second, anchored[first], anchored[second])
    return sorted(found, key=lambda copy: (copy.first, copy.second))


def _near_copies(shingled: Sequence[Shingled]) -> list[Copy]:
    found = []
    for (first, second), overlap in overlaps(shingled).items():
        runs = min(len(shingled[first].places), len(shingled[second].places))
        contained = max(overlap.of_first, overlap.of_second)
        if runs < _FEWEST_RUNS:
            continue
        if overlap.jaccard >= _COPY_JACCARD or contained >= _COPY_CONTAINED:
            found.append(
                Copy(
                    first,
                    second,
                    "near_copy",
                    overlap.of_first,
                    overlap.of_second,
                    longest_shared(shingled[first], shingled[second]),
                    longest_shared(shingled[second], shingled[first]),
                )
            )
    return found


def _rewritten(place: int, other: int, first: Anchored, second: Anchored) -> list[Copy]:
    order = shared_order(first, second)
    if order is None or order.distinct < _FEWEST_DISTINCT:
        return []
    if not any(order.in_order >= n and order.share >= share for n, share in _LEAST_IN_ORDER):
        return []
    return [
        Copy(
            place,
            other,
            "rewritten_copy",
            order.in_order / len(first.anchors),
            order.in_order / len(second.anchors),
            order.first,
            order.second,
        )
    ]
