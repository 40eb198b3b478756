"""Clustering in the order of publication, so that what is new never undoes what is old.

A day's articles are joined to the clusters of the days before, and those to each other; later days
play no part. So the work can be taken up again from any day: what a day gives depends on that day's
articles and on the clusters that are still within their reach. Against clustering all articles at
once this costs .2 points of BCubed on AllSides (`benchmarks/stories.py`).

Belongs here: the order, taking up again, undated articles. Does not belong here: the method
(`average_link`), likeness (`story_graph`), where the state between two runs is kept (`execution`).
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summit_pipeline.reconcile.grouping.average_link import Clusters, Edges, Limits


@dataclass(frozen=True, slots=True)
class DatedJoin:
    """Two clusters that became one when the articles of a day were joined.

    Each is named by its smallest place, the smaller one first.
    """

    day: int
    kept: int
    gone: int


def link_days(
    days: Sequence[int],
    edges: Edges,
    limits: Limits,
    known: Iterable[DatedJoin] = (),
    first_day: int | None = None,
) -> tuple[list[int], list[DatedJoin]]:
    """Cluster dated articles day by day.

    Args:
        days: the day number of each article, in reading order.
        edges: likeness of pairs of articles.
        limits: what two clusters must meet.
        known: the joins of the days before `first_day`.
        first_day: where the work is taken up; None for the beginning.

    Returns:
        For each article the smallest place of its cluster, and the joins, the known ones first.
    """
    joins = list(known)
    clusters = Clusters(days, labels_after(len(days), joins))
    likenesses = defaultdict(list)
    for (first, second), likeness in sorted(edges.items()):
        likenesses[second].append((first, likeness))
    for day, group in itertools.groupby(range(len(days)), key=days.__getitem__):
        places = list(group)
        for place in places:
            for other, likeness in likenesses[place]:
                clusters.connect(other, place, likeness)
        if first_day is not None and day < first_day:
            continue
        fresh = [(min(p, o), max(p, o)) for p in places for o in clusters.near[p]]
        joins += [
            DatedJoin(day, kept, gone) for kept, gone in clusters.join_all(sorted(fresh), limits)
        ]
    return clusters.labels, joins


def labels_after(count: int, joins: Iterable[DatedJoin]) -> list[int]:
    """For each of so many points the smallest place of its cluster after these joins."""
    into = {join.gone: join.kept for join in joins}
    labels: list[int] = []
    for place in range(count):
        # Whatever a cluster went into has a smaller place, whose label is known.
        labels.append(labels[into[place]] if place in into else place)
    return labels


def join_undated(story_of: Sequence[int | None], edges: Edges, limits: Limits) -> list[int]:
    """Join articles without a date to each other and to the clusters of dated ones.

    They come last and join no two clusters of dated articles, so that these stay as they are.

    Args:
        story_of: for each article the smallest place of its cluster; None where it has no date.
            Dated articles come first.
        edges: likeness of pairs of articles.
        limits: what two clusters must meet.

    Returns:
        For each article the smallest place of its cluster.
    """
    labels = [place if story is None else story for place, story in enumerate(story_of)]
    closed = {story for story in story_of if story is not None}
    clusters = Clusters([None] * len(labels), labels, closed)
    for (first, second), likeness in sorted(edges.items()):
        clusters.connect(first, second, likeness)
    pairs = {(labels[a], labels[b]) for a, b in edges if story_of[b] is None}
    clusters.join_all(sorted(pairs), limits)
    return clusters.labels
