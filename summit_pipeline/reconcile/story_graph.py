"""Which articles are alike enough to be compared at all: an inverted index over a time window.

Belongs here: pairs of articles and their likeness. Does not belong here: what joins them into
stories (`average_link`), or how a text becomes a vector (`tfidf`).
"""

import math
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass

from summit_pipeline.reconcile.tfidf import Vector

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

    Undated points are compared with all others. The cost grows with the points in a window (and the
    undated ones), not with all points.
    """
    undated: dict[str, list[tuple[int, float]]] = defaultdict(list)
    window: dict[str, deque[tuple[int, float]]] = defaultdict(deque)
    edges: Edges = {}
    dated = [(p.day, i) for i, p in enumerate(points) if p.day is not None]
    order = [i for i, p in enumerate(points) if p.day is None] + [i for _, i in sorted(dated)]
    for place in order:
        point = points[place]
        likeness: dict[int, float] = defaultdict(float)
        for term, weight in point.vector.items():
            for other, other_weight in undated[term]:
                likeness[other] += weight * other_weight
            if point.day is None:
                undated[term].append((place, weight))
                continue
            open_points = window[term]
            oldest = point.day - WINDOW_DAYS
            while open_points and (points[open_points[0][0]].day or 0) < oldest:
                open_points.popleft()
            for other, other_weight in open_points:
                likeness[other] += weight * other_weight
            open_points.append((place, weight))
        for other, cosine in likeness.items():
            value = cosine * fade(point.day, points[other].day)
            if value >= _FLOOR:
                edges[min(place, other), max(place, other)] = value
    return edges
