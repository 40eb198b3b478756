"""Average link against a plain implementation of its definition."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from summit_pipeline.reconcile.grouping.average_link import Limits, average_link

COUNT = 7
PAIRS = list(combinations(range(COUNT), 2))
# Sums of these are exact, so that means don't depend on the order of adding.
LIKENESS = st.sampled_from([0.0, 0.125, 0.25, 0.375, 0.5, 0.75, 1.0])
GRAPHS = st.lists(LIKENESS, min_size=len(PAIRS), max_size=len(PAIRS))


def plain_average_link(likeness: dict[tuple[int, int], float], threshold: float) -> list[int]:
    clusters = [[place] for place in range(COUNT)]
    while len(clusters) > 1:
        best = max(
            (
                sum(likeness[min(x, y), max(x, y)] for x in a for y in b) / (len(a) * len(b)),
                -min(*a, *b),
                -max(min(a), min(b)),
                i,
                j,
            )
            for (i, a), (j, b) in combinations(enumerate(clusters), 2)
        )
        if best[0] < threshold:
            break
        clusters[best[3]] += clusters.pop(best[4])
    label = [0] * COUNT
    for cluster in clusters:
        for place in cluster:
            label[place] = min(cluster)
    return label


@settings(deadline=None)
@given(GRAPHS, st.sampled_from([0.1, 0.3, 0.6]))
def test_it_does_what_the_definition_says(values: list[float], threshold: float) -> None:
    likeness = dict(zip(PAIRS, values, strict=True))
    edges = {pair: value for pair, value in likeness.items() if value}
    assert average_link(edges, [None] * COUNT, Limits(threshold)) == plain_average_link(
        likeness, threshold
    )


def test_two_tight_groups_stay_apart_where_cohesion_is_asked_for() -> None:
    within = {(0, 1): 0.8, (2, 3): 0.8}
    between = {(0, 2): 0.3, (0, 3): 0.3, (1, 2): 0.3, (1, 3): 0.3}
    assert average_link(within | between, [None] * 4, Limits(0.2)) == [0, 0, 0, 0]
    assert average_link(within | between, [None] * 4, Limits(0.2, cohesion=0.5)) == [0, 0, 2, 2]


def test_a_single_point_joins_a_tight_group_by_the_threshold_alone() -> None:
    edges = {(0, 1): 0.8, (0, 2): 0.3, (1, 2): 0.3}
    assert average_link(edges, [None] * 3, Limits(0.2, cohesion=0.9)) == [0, 0, 0]


def test_points_without_edges_stay_alone() -> None:
    assert average_link({}, [None] * 3, Limits(0.1)) == [0, 1, 2]


def test_an_undated_point_does_not_bridge_the_years() -> None:
    edges = {(0, 2): 0.9, (1, 2): 0.8}
    assert average_link(edges, [1, 900, None], Limits(0.2)) == [0, 0, 0]
    assert average_link(edges, [1, 900, None], Limits(0.2, span=7)) == [0, 1, 0]
