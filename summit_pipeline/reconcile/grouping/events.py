"""Telling events of one story apart: two earthquakes in one region, one player's two injuries.

Such events share their vocabulary: what tells them apart are the few names, places, numbers and
verbs that all reports of one have and none of the other. So within a story terms are weighed anew,
by how much of the story lacks them, and the story is cut across the direction in which its reports
differ most (principal direction divisive partitioning; Boley, "Principal direction divisive
partitioning", Data Mining and Knowledge Discovery 2, 1998), if the two sides then are far less
alike than each is in itself. The sides are tried again.

Belongs here: when a story is cut, and where. Does not belong here: how articles come to be in one
story (`day_by_day`).
"""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from summit_pipeline.reconcile.grouping.tfidf import Vector

Floats = NDArray[np.float64]

# Two sides of m articles or more are two events where their mean likeness is at most
# _MOST_ALIKE * (1 - 2 / m) of what they are in themselves: in small sides chance makes big
# differences. Calibrated on the load test's articles, not on marked stories: of 368 tight groups
# of six and more articles of one week .8 % are cut, of 346 unions of two such groups on one topic
# that lie a month or more apart 77 % are cut where they were put together. At .75: 1.4 and 80 %.
_MOST_ALIKE = 0.7
# A side of two can't be told from chance, so nothing smaller than this is cut.
_FEWEST = 6
# Beyond this many articles the matrix of a story's likenesses becomes costly; so large a story is
# one event.
_MOST = 1_000


def tell_apart(vectors: Sequence[Vector]) -> list[list[int]]:
    """The events of one story.

    Args:
        vectors: its articles, in reading order.

    Returns:
        The places of each event's articles in order; events in the order of their first article.
    """
    whole = list(range(len(vectors)))
    found = []
    waiting = [whole]
    while waiting:
        places = waiting.pop()
        sides = _cut([vectors[place] for place in places])
        if sides is None:
            found.append(places)
        else:
            waiting += [[places[i] for i in side] for side in sides]
    return sorted(found)


def _cut(vectors: Sequence[Vector]) -> tuple[list[int], list[int]] | None:
    """The two sides of a story, or None where it is one event."""
    if not _FEWEST <= len(vectors) <= _MOST:
        return None
    alike = _alike(vectors)
    left, right = _sides(alike)
    smaller = min(len(left), len(right))
    within = _mean_within(alike, left) * _mean_within(alike, right)
    between = float(alike[np.ix_(left, right)].mean())
    if within <= 0 or between > _MOST_ALIKE * (1 - 2 / smaller) * math.sqrt(within):
        return None
    return sorted(left.tolist()), sorted(right.tolist())


def _alike(vectors: Sequence[Vector]) -> Floats:
    """Cosines of articles by the terms that some, but not all of them share.

    Square roots even out how often a term is said: where one group in a hundred is wrongly cut, 76
    instead of 64 % of the unions are cut rightly (calibration as above).
    """
    holders = Counter(term for vector in vectors for term in vector)
    columns = {term: i for i, term in enumerate(t for t, n in holders.items() if n > 1)}
    table = np.zeros((len(vectors), len(columns)))
    for row, vector in enumerate(vectors):
        for term, weight in vector.items():
            if term in columns:
                table[row, columns[term]] = math.sqrt(weight)
    lacking = np.array([1 - holders[term] / len(vectors) for term in columns])
    table *= np.sqrt(lacking)
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    table /= np.where(lengths > 0, lengths, 1)
    alike: Floats = table @ table.T
    return alike


def _sides(alike: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The articles on both sides of the widest cut across the direction of most difference.

    Both sides have two articles or more; the cut is where squared distances to their means are
    smallest.
    """
    centred = alike - alike.mean(axis=0)
    centred = (centred.T - centred.mean(axis=1)).T
    _, directions = np.linalg.eigh((centred + centred.T) / 2)
    direction = directions[:, -1]
    order = np.argsort(direction, kind="stable")
    along = direction[order]
    sums, squares = np.cumsum(along), np.cumsum(along**2)
    sizes = np.arange(2, len(along) - 1)
    left = squares[sizes - 1] - sums[sizes - 1] ** 2 / sizes
    right = (squares[-1] - squares[sizes - 1]) - (sums[-1] - sums[sizes - 1]) ** 2 / (
        len(along) - sizes
    )
    size = sizes[np.argmin(left + right)]
    return order[:size], order[size:]


def _mean_within(alike: Floats, places: NDArray[np.intp]) -> float:
    """Mean likeness of different articles of one side."""
    size = len(places)
    of_side = alike[np.ix_(places, places)]
    return float((of_side.sum() - np.trace(of_side)) / (size * (size - 1)))
