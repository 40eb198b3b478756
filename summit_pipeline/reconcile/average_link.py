"""Agglomerative clustering by average link over a sparse graph.

Belongs here: the method, over plain numbers. Does not belong here: what is clustered, or at which
thresholds.
"""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Clusters:
    """The state of one run: members, sums of likeness between clusters and inside them."""

    near: list[dict[int, float]]
    members: list[list[int]]
    inside: list[float] = field(default_factory=list)

    def mean(self, a: int, b: int) -> float:
        """Mean likeness between two clusters."""
        return self.near[a].get(b, 0.0) / (len(self.members[a]) * len(self.members[b]))

    def cohesion(self, a: int) -> float:
        """Mean likeness inside a cluster; 0 for a single point, of which nothing is known."""
        size = len(self.members[a])
        return self.inside[a] / (size * (size - 1) / 2) if size > 1 else 0.0

    def join(self, into: int, gone: int) -> None:
        """Put the second cluster into the first."""
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
    count: int, edges: Mapping[tuple[int, int], float], threshold: float, cohesion: float = 0.0
) -> list[int]:
    """Join the two most alike clusters as long as they are alike enough.

    Two clusters of several points each must besides be nearly as alike as the looser of them is in
    itself: two look-alike events (one earthquake and the next) share a vocabulary, but less of it
    than their own reports do. A pair without an edge counts as 0. Ties go to the smaller places, so
    the result is determined by the numbering of the points alone. About O(e log e) for e edges.

    Args:
        count: number of points, numbered from 0.
        edges: likeness of pairs, smaller place first.
        threshold: least mean likeness of two clusters that are joined; above 0.
        cohesion: least share of the looser cluster's own mean likeness.

    Returns:
        For each point the smallest place of its cluster.
    """
    near: list[dict[int, float]] = [{} for _ in range(count)]
    for (first, second), value in sorted(edges.items()):
        near[first][second] = near[second][first] = value
    state = _Clusters(near, [[place] for place in range(count)], [0.0] * count)
    queue = [(-value, a, b) for (a, b), value in edges.items() if value >= threshold]
    heapq.heapify(queue)
    while queue:
        negative, first, second = heapq.heappop(queue)
        if not (state.members[first] and state.members[second]):
            continue
        if state.mean(first, second) != -negative:
            continue  # one of them has grown since: a newer entry stands in the queue
        if -negative < cohesion * min(state.cohesion(first), state.cohesion(second)):
            continue  # they may meet again when one of them has grown
        state.join(first, second)
        for other in near[first]:
            value = state.mean(first, other)
            if value >= threshold:
                heapq.heappush(queue, (-value, min(first, other), max(first, other)))
    label = list(range(count))
    for cluster in state.members:
        for place in cluster:
            label[place] = min(cluster)
    return label
