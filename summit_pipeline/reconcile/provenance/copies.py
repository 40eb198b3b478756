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
# Names and numbers in one order. Of 593 pairs of AllSides reports of one event and 94 of BASIL
# (15 shared anchors and more) none that shares no prose reaches these figures; of 200 articles with
# 40 % of their plain words exchanged, 198 do.
_FEWEST_ANCHORS = 15
_LEAST_COVERAGE = 0.75
_LEAST_IN_ORDER = 0.85
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
    fewer = min(len(first.places), len(second.places))
    shared = len(first.places.keys() & second.places.keys())
    if shared < _FEWEST_ANCHORS or shared < _LEAST_COVERAGE * fewer:
        return []
    order = shared_order(first, second)
    if order is None or order.in_order < _LEAST_IN_ORDER:
        return []
    return [
        Copy(
            place,
            other,
            "rewritten_copy",
            shared / len(first.places),
            shared / len(second.places),
            order.first,
            order.second,
        )
    ]
