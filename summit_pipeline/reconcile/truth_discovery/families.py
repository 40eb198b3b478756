"""Sources that speak with one voice: copies of one another, or of one unseen original.

Sources that agree on nearly all *contested* items (items with more than one value) over many of
them are a family and have one vote. Agreement where nobody differs tells nothing and is not
counted. Dong, Berti-Equille and Srivastava ("Integrating Conflicting Data: The Role of Source
Dependence", PVLDB 2(1), 2009) weigh shared *false* values, since two accurate sources also share
many true ones. Which values are false is not known before the families are; a first round that
took minority values for false ones joined sources of one definition and was worse by ten points on
flight data. So the threshold is high instead, and what is lost is little: two accurate sources that
never differ decide alike with one vote or two.

Belongs here: measuring agreement, grouping. Does not belong here: what a vote weighs.
"""

import numpy as np
from numpy.typing import NDArray

from summit_pipeline.reconcile.grouping.average_link import Limits, average_link
from summit_pipeline.reconcile.truth_discovery.coded_claims import CodedClaims, Floats, Ints

# Chosen on the development days of the flight data: 0.95 to 0.99 give the same figures within
# 0.002, 0.90 joins sources that merely share a definition and costs two points without airlines.
THRESHOLD = 0.97
MIN_SHARED = 50
# Pairs that are compared at most, smallest items first: 10 million claims of 10 a piece have 45
# million. What lies beyond are items that hundreds of sources speak of.
_MOST_PAIRS = 60_000_000
# Sources that are compared at most, those with the most contested claims: their pairs fill a
# matrix.
_MOST_SOURCES = 2_000
_PAIRS_AT_ONCE = 5_000_000


def find_families(source: Ints, value: Ints, claims: CodedClaims) -> Ints:
    """For each source the smallest code of its family; most sources are their own.

    Args:
        source: claimant of each claim.
        value: the value claimed, after values that are one have become one.
        claims: the table that the codes are of.
    """
    own = np.arange(claims.sources.len())
    item = claims.item_of_value
    contested = claims.contested(value)[item[value]]
    source, value = source[contested], value[contested]
    busy = np.bincount(source, minlength=len(own))
    compared = np.flatnonzero(busy >= MIN_SHARED)
    if len(compared) > _MOST_SOURCES:
        compared = np.sort(np.argsort(-busy, kind="stable")[:_MOST_SOURCES])
    if len(compared) < 2:
        return own
    place = np.full(len(own), -1)
    place[compared] = np.arange(len(compared))
    kept = place[source] >= 0
    shared, same = _agreement(place[source[kept]], value[kept], item, len(compared))
    alike = np.divide(same, shared, out=np.zeros_like(same), where=shared >= MIN_SHARED)
    first, second = np.nonzero(np.triu(alike >= THRESHOLD, 1))
    relatives = np.unique(np.concatenate([first, second]))
    edges = {
        (a, b): float(alike[relatives[a], relatives[b]])
        for a in range(len(relatives))
        for b in range(a + 1, len(relatives))
        if alike[relatives[a], relatives[b]] > 0
    }
    labels = average_link(edges, [None] * len(relatives), Limits(THRESHOLD))
    own[compared[relatives]] = compared[relatives[labels]]
    return own


def _agreement(
    source: Ints, value: Ints, item_of_value: Ints, sources: int
) -> tuple[Floats, Floats]:
    """Contested items that each pair of sources shares, and those on which the two agree."""
    order = np.lexsort((source, item_of_value[value]))
    source, value = source[order], value[order]
    _, starts, sizes = np.unique(item_of_value[value], return_index=True, return_counts=True)
    tally = _PairTally(sources)
    budget = _MOST_PAIRS
    for size in np.unique(sizes[sizes > 1]).tolist():
        pairs = size * (size - 1) // 2
        rows = starts[sizes == size][: max(budget // pairs, 0)]
        budget -= len(rows) * pairs
        for a in range(size - 1 if len(rows) else 0):
            here = rows[:, None] + a
            there = rows[:, None] + np.arange(a + 1, size)
            tally.add(
                (source[here] * sources + source[there]).ravel(),
                (value[here] == value[there]).ravel(),
            )
    return tally.totals()


class _PairTally:
    """Counts pairs of sources; waits for many of them, since each count passes over all pairs."""

    def __init__(self, sources: int) -> None:
        self._sources = sources
        self._shared = np.zeros(sources * sources)
        self._same = np.zeros(sources * sources)
        self._keys: list[Ints] = []
        self._agree: list[NDArray[np.bool_]] = []
        self._waiting = 0

    def add(self, keys: Ints, agree: NDArray[np.bool_]) -> None:
        """Count pairs (first source * sources + second) and whether each agrees."""
        self._keys.append(keys)
        self._agree.append(agree)
        self._waiting += len(keys)
        if self._waiting > _PAIRS_AT_ONCE:
            self._count()

    def totals(self) -> tuple[Floats, Floats]:
        """Shared and agreeing items of each pair, as symmetric matrices."""
        self._count()
        square = (self._sources, self._sources)
        shared, same = self._shared.reshape(square), self._same.reshape(square)
        return shared + shared.T, same + same.T

    def _count(self) -> None:
        if not self._keys:
            return
        keys, agree = np.concatenate(self._keys), np.concatenate(self._agree)
        cells = self._sources * self._sources
        self._shared += np.bincount(keys, minlength=cells)
        self._same += np.bincount(keys[agree], minlength=cells)
        self._keys, self._agree, self._waiting = [], [], 0
