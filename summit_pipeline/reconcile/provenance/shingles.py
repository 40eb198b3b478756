"""Runs of five words that two texts share: the trace of copied prose.

Quotations are masked: two reporters who heard the same words share them without copying. Belongs
here: runs and how much of them is shared. Does not belong here: what a copy means (`origins`).
Offsets are code points of the clean text.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from summit_pipeline.text.quote_marks import quoted_stretches
from summit_pipeline.text.tokens import fold, word_bounds
from summit_pipeline.vocabulary import Span

# The length that the near-duplicate literature uses for news (Broder's shingles; NEWS-COPY).
RUN_LENGTH = 5
# A run in more texts than this is counted between neighbours and with its first text only: enough
# to connect the copies of a report that everybody prints, without counting all pairs of them.
_MOST_TEXTS = 60


Run = tuple[str, ...]
"""Five folded words in a row."""


@dataclass(frozen=True, slots=True)
class Shingled:
    """A text's runs of five words in order, each with the number of the word where it first begins.

    `bounds` are the offsets of the words outside quotations.
    """

    places: Mapping[Run, int]
    bounds: Sequence[tuple[int, int]]

    def span(self, first: int, last: int) -> Span:
        """The text of the runs from the one that begins with word `first` to that of `last`."""
        return Span(self.bounds[first][0], self.bounds[last + RUN_LENGTH - 1][1])


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share: number of runs, Jaccard index, and the share of each one's runs."""

    shared: int
    jaccard: float
    of_first: float
    of_second: float


def shingle(text: str) -> Shingled:
    """The five-word runs outside quotations; a run does not bridge a quotation."""
    places: dict[Run, int] = {}
    bounds: list[tuple[int, int]] = []
    start = 0
    for stretch in (*quoted_stretches(text), None):
        end = stretch.start if stretch else len(text)
        found = word_bounds(text, start, end)
        folded = [fold(text[left:right]) for left, right in found]
        shifted = (folded[shift:] for shift in range(RUN_LENGTH))
        for number, run in enumerate(zip(*shifted, strict=False), len(bounds)):
            places.setdefault(run, number)
        bounds += found
        if stretch:
            start = stretch.end
    return Shingled(places, bounds)


def overlaps(texts: Sequence[Shingled]) -> dict[tuple[int, int], Overlap]:
    """What each two texts share, by their places; pairs that share nothing are left out."""
    holders: dict[Run, list[int]] = {}
    for place, text in enumerate(texts):
        for run in text.places:
            holders.setdefault(run, []).append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for places in holders.values():
        shared.update(_pairs(places))
    return {
        (a, b): _overlap(count, len(texts[a].places), len(texts[b].places))
        for (a, b), count in sorted(shared.items())
    }


def _pairs(places: Sequence[int]) -> Iterable[tuple[int, int]]:
    if len(places) <= _MOST_TEXTS:
        return combinations(places, 2)
    return {*pairwise(places), *((places[0], place) for place in places[1:])}


def _overlap(shared: int, first: int, second: int) -> Overlap:
    return Overlap(shared, shared / (first + second - shared), shared / first, shared / second)


def longest_shared(first: Shingled, second: Shingled) -> Span:
    """The longest stretch of the first text whose runs all stand in the second.

    Raises:
        ValueError: if the two share no run.
    """
    best: tuple[int, int] | None = None
    begin: int | None = None
    for run, number in first.places.items():
        if run not in second.places:
            begin = None
            continue
        begin = number if begin is None else begin
        if best is None or _length(first, begin, number) > _length(first, *best):
            best = begin, number
    if best is None:
        raise ValueError("the texts share no run")
    return first.span(*best)


def _length(text: Shingled, first: int, last: int) -> int:
    span = text.span(first, last)
    return span.end - span.start
