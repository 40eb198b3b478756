"""Which articles are alike enough to be compared at all: an inverted index over a time window.

Belongs here: pairs of articles and their likeness. Does not belong here: what joins them into
stories (`average_link`), or how a text becomes a vector (`tfidf`).
"""

import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summit_pipeline.reconcile.grouping.tfidf import Vector

Edges = dict[tuple[int, int], float]
"""Likeness of two articles, by their places (the smaller one first)."""

# Reports of one event lie at most this many days apart (AllSides: 98 % of the pairs).
WINDOW_DAYS = 3
# Likeness fades by this share (exponent) with each day between two articles; calibrated with the
# weights in `tfidf`: AllSides pair F1 .778 without it, .816 with it.
_FADING_PER_DAY = 0.2
# Where a date is missing the distance is taken for a day: undated sets (ECB+, AllSides leads) are
# best grouped at a threshold that is higher by just this factor.
_UNKNOWN_DISTANCE = 1
# Pairs less alike than this count as not alike at all.
_FLOOR = 0.02

# Without a window, points are compared if they share this many of their heaviest terms, or as many
# as a quarter of those of the shorter text. Of 60/4, 60/2, 40/3 and 20/2 the best on AllSides leads
# and as good as any on ECB+.
_HEAVY_TERMS = 60
_HEAVY_SHARED = 4


@dataclass(frozen=True, slots=True)
class Point:
    """An article as the index sees it: a day number (None: not known) and a vector."""

    day: int | None
    vector: Vector


def fade(first: int | None, second: int | None) -> float:
    """What remains of the likeness of two articles of these days; 0 outside the window."""
    if first is None or second is None:
        return math.exp(-_FADING_PER_DAY * _UNKNOWN_DISTANCE)
    distance = abs(first - second)
    return math.exp(-_FADING_PER_DAY * distance) if distance <= WINDOW_DAYS else 0.0


def similar_pairs(points: Sequence[Point]) -> Edges:
    """All pairs of points that are alike, each compared only with what shares a term and a window.

    Undated points may be like any other; they are compared with those whose heaviest terms they
    share. The cost grows with the points in a window and, far more slowly, with the undated ones.
    """
    edges: Edges = {}
    for place, other, cosine in (*_within_window(points), *_with_undated(points)):
        value = cosine * fade(points[place].day, points[other].day)
        if value >= _FLOOR:
            edges[min(place, other), max(place, other)] = value
    return edges


def _within_window(points: Sequence[Point]) -> Iterator[tuple[int, int, float]]:
    """Cosines of dated points that share a term, in time order."""
    window: dict[str, deque[tuple[int, int, float]]] = defaultdict(deque)
    for day, place in sorted((p.day, i) for i, p in enumerate(points) if p.day is not None):
        likeness: dict[int, float] = defaultdict(float)
        oldest = day - WINDOW_DAYS
        for term, weight in points[place].vector.items():
            holders = window[term]
            while holders and holders[0][0] < oldest:
                holders.popleft()
            for _, other, other_weight in holders:
                likeness[other] += weight * other_weight
            holders.append((day, place, weight))
        for other, cosine in likeness.items():
            yield place, other, cosine


def _with_undated(points: Sequence[Point]) -> Iterator[tuple[int, int, float]]:
    """Cosines of undated points with all others that share enough of their heaviest terms."""
    heaviest = [_heaviest(point.vector) for point in points]
    holders: dict[str, list[int]] = defaultdict(list)
    for place, point in enumerate(points):
        if point.day is None:
            for term in heaviest[place]:
                holders[term].append(place)
    if not holders:
        return
    for place, point in enumerate(points):
        shared = Counter(other for term in heaviest[place] for other in holders.get(term, ()))
        for other, count in shared.items():
            if point.day is None and other <= place:
                continue  # itself, or seen from the other's side
            shorter = min(len(heaviest[place]), len(heaviest[other]))
            if count >= min(_HEAVY_SHARED, shorter / 4):
                yield place, other, cosine(point.vector, points[other].vector)


def _heaviest(vector: Vector) -> list[str]:
    return sorted(vector, key=lambda term: (-vector[term], term))[:_HEAVY_TERMS]


def cosine(first: Vector, second: Vector) -> float:
    """The cosine of two vectors of length 1."""
    if len(first) > len(second):
        first, second = second, first
    return math.fsum(weight * second[term] for term, weight in first.items() if term in second)
