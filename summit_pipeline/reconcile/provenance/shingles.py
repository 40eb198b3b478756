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
from summit_pipeline.text.tokens import fold, words
from summit_pipeline.vocabulary import Span

# The length that the near-duplicate literature uses for news (Broder's shingles; NEWS-COPY).
RUN_LENGTH = 5
# A run in more texts than this is counted between neighbours and with its first text only: enough
# to connect the copies of a report that everybody prints, without counting all pairs of them.
_MOST_TEXTS = 60


@dataclass(frozen=True, slots=True)
class Shingled:
    """A text's runs of five words, each with the place where it first stands."""

    places: Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share: number of runs, Jaccard index, and the share of each one's runs."""

    shared: int
    jaccard: float
    of_first: float
    of_second: float


def shingle(text: str) -> Shingled:
    """The five-word runs outside quotations; a run does not bridge a quotation."""
    places: dict[str, Span] = {}
    start = 0
    for stretch in (*quoted_stretches(text), None):
        end = stretch.start if stretch else len(text)
        spans = words(text, start, end)
        folded = [fold(text[span.start : span.end]) for span in spans]
        for first in range(len(spans) - RUN_LENGTH + 1):
            last = first + RUN_LENGTH - 1
            run = " ".join(folded[first : last + 1])
            places.setdefault(run, Span(spans[first].start, spans[last].end))
        if stretch:
            start = stretch.end
    return Shingled(places)


def overlaps(texts: Sequence[Shingled]) -> dict[tuple[int, int], Overlap]:
    """What each two texts share, by their places; pairs that share nothing are left out."""
    holders: dict[str, list[int]] = {}
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
    best: Span | None = None
    current: Span | None = None
    for run, span in sorted(first.places.items(), key=lambda item: item[1]):
        if run not in second.places:
            current = None
            continue
        current = Span(current.start, span.end) if current else span
        if best is None or current.end - current.start > best.end - best.start:
            best = current
    if best is None:
        raise ValueError("the texts share no run")
    return best
