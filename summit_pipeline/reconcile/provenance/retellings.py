"""Texts that tell the same names and numbers in the same order: a copy in other words.

A synonym spinner changes every second word, so no five words in a row survive; names and numbers
do, and so does their order, which two reporters hardly ever share over a whole text. Belongs here:
that order. Does not belong here: copies that share prose (`shingles`), or what origin follows
(`origins`). Offsets are code points of the clean text.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from summit_pipeline.text.quote_marks import quoted_stretches
from summit_pipeline.text.tokens import fold
from summit_pipeline.vocabulary import Span

# A capital makes a name, but for the first word of a sentence, which may be anything.
_ANCHOR = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]+|\d[\d.,]*\d|\d")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]['\"”’)]?\s|\n)\s*[\"“‘'(]?$")


@dataclass(frozen=True, slots=True)
class Anchored:
    """Names and numbers of a text outside quotations, each with its first place, in order."""

    places: Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class SharedOrder:
    """The share of the common anchors that keep their order, and the stretches that hold them."""

    in_order: float
    first: Span
    second: Span


def anchors(text: str) -> Anchored:
    """The names and numbers of a text, words that begin a sentence left out."""
    masked = [(stretch.start, stretch.end) for stretch in quoted_stretches(text)]
    starts = [start for start, _ in masked]
    places: dict[str, Span] = {}
    for match in _ANCHOR.finditer(text):
        before = bisect_left(starts, match.start() + 1) - 1
        if before >= 0 and match.start() < masked[before][1]:
            continue
        if _SENTENCE_START.search(text, max(0, match.start() - 6), match.start()):
            continue
        places.setdefault(fold(match.group()).removesuffix("'s"), Span(*match.span()))
    return Anchored(places)


def shared_order(first: Anchored, second: Anchored) -> SharedOrder | None:
    """How far two texts bring the same anchors in the same order; None if they share none."""
    shared = [word for word in first.places if word in second.places]
    if not shared:
        return None
    rank = {word: place for place, word in enumerate(second.places)}
    kept = _longest_rising([rank[word] for word in shared])
    return SharedOrder(
        kept / len(shared),
        Span(first.places[shared[0]].start, first.places[shared[-1]].end),
        _hull([second.places[word] for word in shared]),
    )


def _hull(spans: list[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _longest_rising(numbers: list[int]) -> int:
    """Length of the longest rising subsequence (patience sorting, n log n)."""
    tops: list[int] = []
    for number in numbers:
        at = bisect_left(tops, number)
        tops[at : at + 1] = [number]
    return len(tops)
