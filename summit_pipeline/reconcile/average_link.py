"""Agglomerative clustering by average link over a sparse graph.

Belongs here: the method, over plain numbers. Does not belong here: what is clustered, or at which
threshold.
"""

import heapq
from collections.abc import Mapping


def average_link(count: int, edges: Mapping[tuple[int, int], float], threshold: float) -> list[int]:
    """Join the two most alike clusters as long as their mean likeness reaches the threshold.

    A pair without an edge counts as 0. Ties go to the smaller places, so the result is determined
    by the numbering of the points alone. About O(e log e) for e edges.

    Args:
        count: number of points, numbered from 0.
        edges: likeness of pairs, smaller place first.
        threshold: least mean likeness of two clusters that are joined; above 0.

    Returns:
        For each point the smallest place of its cluster.
    """
    near: list[dict[int, float]] = [{} for _ in range(count)]
    for (first, second), value in sorted(edges.items()):
        near[first][second] = near[second][first] = value
    members = [[place] for place in range(count)]
    queue = [(-value, a, b) for (a, b), value in edges.items() if value >= threshold]
    heapq.heapify(queue)
    while queue:
        negative, first, second = heapq.heappop(queue)
        if not (members[first] and members[second]):
            continue
        if _mean(near, members, first, second) != -negative:
            continue  # one of them has grown since: a newer entry stands in the queue
        _join(near, members, first, second)
        for other in near[first]:
            value = _mean(near, members, first, other)
            if value >= threshold:
                heapq.heappush(queue, (-value, min(first, other), max(first, other)))
    label = list(range(count))
    for cluster in members:
        for place in cluster:
            label[place] = min(cluster)
    return label


def _mean(near: list[dict[int, float]], members: list[list[int]], a: int, b: int) -> float:
    return near[a].get(b, 0.0) / (len(members[a]) * len(members[b]))


def _join(near: list[dict[int, float]], members: list[list[int]], into: int, gone: int) -> None:
    """Put the second cluster into the first; sums of likeness add up."""
    members[into] += members[gone]
    members[gone] = []
    for other, value in near[gone].items():
        del near[other][gone]
        if other != into:
            near[into][other] = near[other][into] = near[into].get(other, 0.0) + value
    near[gone] = {}
