"""Texts that tell the same names and numbers in the same order: a copy in other words.

A synonym spinner changes every second word, so no five words in a row survive; names and numbers
do, and so does the order in which they come and come again, which two reporters of one event hardly
ever share over a whole text. Belongs here: that order. Does not belong here: copies that share
prose (`shingles`), or what origin follows (`origins`). Offsets are code points of the clean text.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from summit_pipeline.text.quote_marks import quoted_stretches
from summit_pipeline.text.tokens import fold
from summit_pipeline.vocabulary import Span

# A capital makes a name, but for the first word of a sentence, which may be anything.
_ANCHOR = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]+|\d[\d.,]*\d|\d")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]['\"”’)]?\s|\n)\s*[\"“‘'(]?$")
# Longer texts are compared by their first anchors: the work grows with the square where one name
# comes all the time.
_MOST_ANCHORS = 400


@dataclass(frozen=True, slots=True)
class Anchored:
    """Names and numbers of a text outside quotations, in order and as often as they come."""

    anchors: Sequence[str]
    spans: Sequence[Span]
    distinct: frozenset[str]


@dataclass(frozen=True, slots=True)
class SharedOrder:
    """How many anchors two texts bring in one order, and the stretches that hold the common ones.

    `share` is that of the text with fewer anchors, `distinct` the number of different common ones.
    """

    in_order: int
    distinct: int
    share: float
    first: Span
    second: Span


def anchors(text: str) -> Anchored:
    """The names and numbers of a text, words that begin a sentence left out.

    Words of one name are one anchor, its last word: "Judge James Bodiford" and "Bodiford" are one,
    and a long name counts no more than a short one.
    """
    masked = [(stretch.start, stretch.end) for stretch in quoted_stretches(text)]
    starts = [start for start, _ in masked]
    found: list[str] = []
    spans: list[Span] = []
    for match in _ANCHOR.finditer(text):
        before = bisect_left(starts, match.start() + 1) - 1
        if before >= 0 and match.start() < masked[before][1]:
            continue
        if _SENTENCE_START.search(text, max(0, match.start() - 6), match.start()):
            continue
        word = fold(match.group()).removesuffix("'s")
        if spans and _is_one_name(text, found[-1], spans[-1], word, match.start()):
            found[-1], spans[-1] = word, Span(spans[-1].start, match.end())
        elif len(found) == _MOST_ANCHORS:
            break
        else:
            found.append(word)
            spans.append(Span(*match.span()))
    return Anchored(found, spans, frozenset(found))


def _is_one_name(text: str, before: str, span: Span, word: str, start: int) -> bool:
    if text[span.end : start] != " ":
        return False
    return not (before[0].isdigit() or word[0].isdigit())


def shared_order(first: Anchored, second: Anchored) -> SharedOrder | None:
    """How far two texts bring the same anchors in the same order; None if they share few.

    Texts that share less than half of their distinct anchors are no retellings of each other and
    not looked at any further.
    """
    common = first.distinct & second.distinct
    if 2 * len(common) < max(1, min(len(first.distinct), len(second.distinct))):
        return None
    kept = _longest_common(first.anchors, second.anchors)
    return SharedOrder(
        kept,
        len(common),
        kept / min(len(first.anchors), len(second.anchors)),
        _hull(first, common),
        _hull(second, common),
    )


def _hull(text: Anchored, common: frozenset[str]) -> Span:
    spans = [
        span for anchor, span in zip(text.anchors, text.spans, strict=True) if anchor in common
    ]
    return Span(spans[0].start, spans[-1].end)


def _longest_common(first: Sequence[str], second: Sequence[str]) -> int:
    """Length of the longest common subsequence (Hunt and Szymanski 1977).

    The longest rising sequence of places in the second text, those of one anchor taken from the
    last to the first so that it counts once.
    """
    places: dict[str, list[int]] = {}
    for place in range(len(second) - 1, -1, -1):
        places.setdefault(second[place], []).append(place)
    tops: list[int] = []
    for anchor in first:
        for place in places.get(anchor, ()):
            at = bisect_left(tops, place)
            tops[at : at + 1] = [place]
    return len(tops)
