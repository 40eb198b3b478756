"""Agglomerative clustering by average link over a sparse graph.

Belongs here: the method, over plain numbers. Does not belong here: what is clustered, or at which
thresholds.
"""

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


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


@dataclass(slots=True)
class _Clusters:
    """The state of one run: members, sums of likeness between clusters and inside them, days."""

    near: list[dict[int, float]]
    members: list[list[int]]
    inside: list[float]
    first_day: list[float]
    last_day: list[float]

    def mean(self, a: int, b: int) -> float:
        """Mean likeness between two clusters."""
        return self.near[a].get(b, 0.0) / (len(self.members[a]) * len(self.members[b]))

    def cohesion(self, a: int) -> float:
        """Mean likeness inside a cluster; 0 for a single point, of which nothing is known."""
        size = len(self.members[a])
        return self.inside[a] / (size * (size - 1) / 2) if size > 1 else 0.0

    def may_join(self, a: int, b: int, likeness: float, limits: Limits) -> bool:
        """Whether two clusters of this mean likeness meet the limits."""
        first_day = min(self.first_day[a], self.first_day[b])
        last_day = max(self.last_day[a], self.last_day[b])
        return (
            likeness >= limits.threshold
            and likeness >= limits.cohesion * min(self.cohesion(a), self.cohesion(b))
            and last_day - first_day <= limits.span
        )

    def join(self, into: int, gone: int) -> None:
        """Put the second cluster into the first."""
        self.first_day[into] = min(self.first_day[into], self.first_day[gone])
        self.last_day[into] = max(self.last_day[into], self.last_day[gone])
        self.inside[into] += self.inside[gone] + self.near[into].get(gone, 0.0)
        self.members[into] += self.members[gone]
        self.members[gone] = []
        for other, value in self.near[gone].items():
            del self.near[other][gone]
            if other != into:
                total = self.near[into].get(other, 0.0) + value
                self.near[into][other] = self.near[other][into] = total
        self.near[gone] = {}


def average_link(
    edges: Mapping[tuple[int, int], float], days: Sequence[int | None], limits: Limits
) -> list[int]:
    """Join the two most alike clusters as long as two may be joined.

    The limit on cohesion keeps look-alike events apart (one earthquake and the next): they share a
    vocabulary, but less of it than their own reports do. The limit on the span keeps undated points
    from bridging the years between dated ones. A pair without an edge counts as 0. Ties go to the
    smaller places, so the result is determined by the numbering of the points alone. About
    O(e log e) for e edges.

    Args:
        edges: likeness of pairs of points, smaller place first.
        days: the day number of each point, None where it has none.
        limits: what two clusters must meet.

    Returns:
        For each point the smallest place of its cluster.
    """
    near: list[dict[int, float]] = [{} for _ in days]
    for (first, second), value in sorted(edges.items()):
        near[first][second] = near[second][first] = value
    state = _Clusters(
        near,
        [[place] for place in range(len(days))],
        [0.0] * len(days),
        [math.inf if day is None else day for day in days],
        [-math.inf if day is None else day for day in days],
    )
    queue = [(-value, a, b) for (a, b), value in edges.items() if value >= limits.threshold]
    heapq.heapify(queue)
    while queue:
        negative, first, second = heapq.heappop(queue)
        if not (state.members[first] and state.members[second]):
            continue
        if state.mean(first, second) != -negative:
            continue  # one of them has grown since: a newer entry stands in the queue
        if not state.may_join(first, second, -negative, limits):
            continue  # they may meet again when one of them has grown
        state.join(first, second)
        for other in near[first]:
            value = state.mean(first, other)
            if value >= limits.threshold:
                heapq.heappush(queue, (-value, min(first, other), max(first, other)))
    label = list(range(len(days)))
    for cluster in state.members:
        for place in cluster:
            label[place] = min(cluster)
    return label
