"""Agglomerative clustering by average link over a sparse graph.

Belongs here: the method, over plain numbers. Does not belong here: what is clustered, in which
order it comes (`day_by_day`), or at which thresholds.
"""

import heapq
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Edges = Mapping[tuple[int, int], float]
"""Likeness of pairs of points, smaller place first; a pair that is missing counts as 0."""

Join = tuple[int, int]
"""Two clusters that became one, each named by its smallest place; the smaller one first."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What two clusters must meet to be joined.

    `threshold` is their least mean likeness, above 0. `cohesion` is the least share that this is
    of the looser cluster's own mean likeness; it asks nothing of single points. `span` is the most
    days between the first and the last member; undated points are free of it.
    """

    threshold: float
    cohesion: float = 0.0
    span: float = math.inf


class Clusters:
    """Clusters on their way: what they hold, how alike they are, which may still be joined.

    Where likenesses are such that their sums are exact (multiples of one power of two), the outcome
    depends on neither the order in which points are connected nor on where the work was cut.
    """

    def __init__(
        self, days: Sequence[int | None], labels: Sequence[int], closed: Iterable[int] = ()
    ) -> None:
        """Points as they are clustered so far.

        Args:
            days: the day number of each point, None where it has none.
            labels: for each point the smallest place of its cluster.
            closed: smallest places of clusters of which no two are joined with each other.
        """
        self.labels = list(labels)
        self.near: list[dict[int, float]] = [{} for _ in days]
        self._members: list[list[int]] = [[] for _ in days]
        self._inside = [0.0] * len(days)
        self._first_day = [math.inf] * len(days)
        self._last_day = [-math.inf] * len(days)
        self._closed = [False] * len(days)
        for place, (day, label) in enumerate(zip(days, labels, strict=True)):
            self._members[label].append(place)
            if day is not None:
                self._first_day[label] = min(self._first_day[label], day)
                self._last_day[label] = max(self._last_day[label], day)
        for label in closed:
            self._closed[label] = True

    def connect(self, first: int, second: int, likeness: float) -> None:
        """Add the likeness of two points."""
        a, b = self.labels[first], self.labels[second]
        if a == b:
            self._inside[a] += likeness
        else:
            self.near[a][b] = self.near[b][a] = self.near[a].get(b, 0.0) + likeness

    def join_all(self, pairs: Iterable[tuple[int, int]], limits: Limits) -> list[Join]:
        """Join the two most alike clusters as long as two may be joined.

        Begins with these pairs of clusters and goes on with what grows of them. Ties go to the
        smaller places.
        """
        joined = []
        queue = [(-mean, a, b) for a, b in pairs if (mean := self._mean(a, b)) >= limits.threshold]
        heapq.heapify(queue)
        while queue:
            negative, into, gone = heapq.heappop(queue)
            if not (self._members[into] and self._members[gone]):
                continue
            if self._mean(into, gone) != -negative:
                continue  # one of them has grown since: a newer entry stands in the queue
            if not self._may_join(into, gone, -negative, limits):
                continue  # they may meet again when one of them has grown
            self._join(into, gone)
            joined.append((into, gone))
            for other in self.near[into]:
                mean = self._mean(into, other)
                if mean >= limits.threshold:
                    heapq.heappush(queue, (-mean, min(into, other), max(into, other)))
        return joined

    def _mean(self, a: int, b: int) -> float:
        """Mean likeness between two clusters."""
        return self.near[a].get(b, 0.0) / (len(self._members[a]) * len(self._members[b]))

    def _cohesion(self, a: int) -> float:
        """Mean likeness inside a cluster; 0 for a single point, of which nothing is known."""
        size = len(self._members[a])
        return self._inside[a] / (size * (size - 1) / 2) if size > 1 else 0.0

    def _may_join(self, a: int, b: int, likeness: float, limits: Limits) -> bool:
        """Whether two clusters of this mean likeness meet the limits."""
        first_day = min(self._first_day[a], self._first_day[b])
        last_day = max(self._last_day[a], self._last_day[b])
        return (
            not (self._closed[a] and self._closed[b])
            and likeness >= limits.threshold
            and likeness >= limits.cohesion * min(self._cohesion(a), self._cohesion(b))
            and last_day - first_day <= limits.span
        )

    def _join(self, into: int, gone: int) -> None:
        """Put the second cluster into the first."""
        self._first_day[into] = min(self._first_day[into], self._first_day[gone])
        self._last_day[into] = max(self._last_day[into], self._last_day[gone])
        self._inside[into] += self._inside[gone] + self.near[into].get(gone, 0.0)
        self._closed[into] |= self._closed[gone]
        for place in self._members[gone]:
            self.labels[place] = into
        self._members[into] += self._members[gone]
        self._members[gone] = []
        for other, value in self.near[gone].items():
            del self.near[other][gone]
            if other != into:
                total = self.near[into].get(other, 0.0) + value
                self.near[into][other] = self.near[other][into] = total
        self.near[gone] = {}


def average_link(edges: Edges, days: Sequence[int | None], limits: Limits) -> list[int]:
    """Cluster points at once.

    The limit on cohesion keeps look-alike events apart (one earthquake and the next): they share a
    vocabulary, but less of it than their own reports do. The limit on the span keeps undated points
    from bridging the years between dated ones. About O(e log e) for e edges.

    Args:
        edges: likeness of pairs of points.
        days: the day number of each point, None where it has none.
        limits: what two clusters must meet.

    Returns:
        For each point the smallest place of its cluster.
    """
    clusters = Clusters(days, range(len(days)))
    for (first, second), likeness in sorted(edges.items()):
        clusters.connect(first, second, likeness)
    clusters.join_all(edges, limits)
    return clusters.labels
