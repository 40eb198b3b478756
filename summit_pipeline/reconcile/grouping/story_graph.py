"""Which articles are alike enough to be compared at all: an inverted index over a time window.

Belongs here: pairs of articles and their likeness. Does not belong here: what joins them into
stories (`average_link`), or how a text becomes a vector (`tfidf`).
"""

import itertools
import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summit_pipeline.reconcile.grouping.tfidf import Vector

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
# Likenesses are multiples of this power of two, so that their sums are exact.
_GRAIN = 1 << 30

# Without a window, points are compared if they share this many of their heaviest terms, or as many
# as a quarter of those of the shorter text. Of 60/4, 60/2, 40/3 and 20/2 the best on AllSides leads
# and as good as any on ECB+.
HEAVY_TERMS = 60
HEAVY_SHARED = 4


@dataclass(frozen=True, slots=True)
class Point:
    """An article as the index sees it: a day number (None: not known) and a vector.

    Two that are not fresh were compared before and are left out.
    """

    day: int | None
    vector: Vector
    is_fresh: bool = True


def fade(first: int | None, second: int | None) -> float:
    """What remains of the likeness of two articles of these days; 0 outside the window."""
    if first is None or second is None:
        return math.exp(-_FADING_PER_DAY * _UNKNOWN_DISTANCE)
    distance = abs(first - second)
    return math.exp(-_FADING_PER_DAY * distance) if distance <= WINDOW_DAYS else 0.0


def similar_pairs(points: Sequence[Point]) -> dict[tuple[int, int], float]:
    """Likeness of the pairs of points that share a term and a window, by places, smaller first.

    Undated points may be like any other; they are compared with those whose heaviest terms they
    share. Of each pair one at least is fresh, so the cost grows with these, with the points in
    their windows, and far more slowly with the undated ones. The likeness of a pair depends on its
    points alone, to the last digit.
    """
    edges: dict[tuple[int, int], float] = {}
    for place, other, cosine in (*_within_window(points), *_with_undated(points)):
        value = cosine * fade(points[place].day, points[other].day)
        if value >= _FLOOR:
            edges[min(place, other), max(place, other)] = round(value * _GRAIN) / _GRAIN
    return edges


def _within_window(points: Sequence[Point]) -> Iterator[tuple[int, int, float]]:
    """Cosines of dated points that share a term, in time order."""
    of_any: dict[str, deque[tuple[int, int, float]]] = defaultdict(deque)
    of_fresh: dict[str, deque[tuple[int, int, float]]] = defaultdict(deque)
    # Terms that no fresh point has lead to no pair.
    told = {term for p in points if p.is_fresh for term in p.vector}
    are_all_fresh = all(p.is_fresh for p in points)
    for day, place in sorted((p.day, i) for i, p in enumerate(points) if p.day is not None):
        point = points[place]
        window = of_any if point.is_fresh else of_fresh
        likeness: dict[int, float] = defaultdict(float)
        oldest = day - WINDOW_DAYS
        for term, weight in point.vector.items():
            if not point.is_fresh and term not in told:
                continue
            holders = window[term]
            while holders and holders[0][0] < oldest:
                holders.popleft()
            for _, other, other_weight in holders:
                likeness[other] += weight * other_weight
            if not point.is_fresh:
                of_any[term].append((day, place, weight))
                continue
            holders.append((day, place, weight))
            if not are_all_fresh:
                of_fresh[term].append((day, place, weight))
        for other, cosine in likeness.items():
            yield place, other, cosine


def _with_undated(points: Sequence[Point]) -> Iterator[tuple[int, int, float]]:
    """Cosines of undated points with all others that share enough of their heaviest terms."""
    if all(point.day is not None for point in points):
        return
    heaviest = [heaviest_terms(point.vector) for point in points]
    holders: dict[str, list[int]] = defaultdict(list)
    for place, point in enumerate(points):
        if point.day is None:
            for term in heaviest[place]:
                holders[term].append(place)
    for place, point in enumerate(points):
        shared = Counter(other for term in heaviest[place] for other in holders.get(term, ()))
        for other, count in shared.items():
            if point.day is None and other <= place:
                continue  # itself, or seen from the other's side
            if not (point.is_fresh or points[other].is_fresh):
                continue
            if count >= heavy_terms_asked(len(heaviest[place]), len(heaviest[other])):
                yield place, other, cosine(point.vector, points[other].vector)


def heaviest_terms(vector: Vector) -> list[str]:
    """The terms by which an undated article finds others; a vector has its heaviest first."""
    return list(itertools.islice(vector, HEAVY_TERMS))


def heavy_terms_asked(first: int, second: int) -> float:
    """How many heaviest terms two articles that have so many must share to be compared."""
    return min(HEAVY_SHARED, min(first, second) / 4)


def cosine(first: Vector, second: Vector) -> float:
    """The cosine of two vectors of length 1."""
    if len(first) > len(second):
        first, second = second, first
    return math.fsum(weight * second[term] for term, weight in first.items() if term in second)
