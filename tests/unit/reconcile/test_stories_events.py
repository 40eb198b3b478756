"""Events told apart within a story, and articles joined day by day."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from summit_pipeline.reconcile.grouping.average_link import Limits
from summit_pipeline.reconcile.grouping.day_by_day import DatedJoin, join_undated, link_days
from summit_pipeline.reconcile.grouping.events import tell_apart
from summit_pipeline.reconcile.grouping.tfidf import Vector

SHARED = [f"shared{n}" for n in range(20)]


def report(seed: int, event: str) -> Vector:
    """A report of an event: some of what all speak of, and most of what is the event's own."""
    chance = random.Random(seed)
    own = [f"{event}{n}" for n in range(10)]
    terms = [*chance.sample(SHARED, 14), *chance.sample(own, 8), f"said only here {seed}"]
    return dict.fromkeys(terms, 0.2)


def test_two_events_of_one_topic_are_told_apart() -> None:
    kinds = ["quake", "fire", "quake", "quake", "fire", "fire", "quake", "fire", "quake", "fire"]
    told = tell_apart([report(n, kind) for n, kind in enumerate(kinds)])
    assert told == [[0, 2, 3, 6, 8], [1, 4, 5, 7, 9]]


def test_reports_of_one_event_stay_together() -> None:
    assert tell_apart([report(n, "quake") for n in range(12)]) == [list(range(12))]


def test_too_few_reports_are_one_event() -> None:
    kinds = ["quake", "quake", "fire", "fire", "fire"]
    assert tell_apart([report(n, kind) for n, kind in enumerate(kinds)]) == [[0, 1, 2, 3, 4]]


def test_texts_without_words_are_one_event() -> None:
    assert tell_apart([{}] * 8) == [list(range(8))]
    assert tell_apart([]) == [[]]


def test_a_later_day_does_not_undo_an_earlier_one() -> None:
    edges = {(0, 1): 0.3, (1, 2): 0.9}
    limits = Limits(0.2)
    assert link_days([1, 1, 2], edges, limits) == (
        [0, 0, 0],
        [DatedJoin(1, 0, 1), DatedJoin(2, 0, 2)],
    )
    # Alone, the second and third would be joined first, and the first left out.
    assert link_days([1, 1, 1], edges, limits)[0] == [0, 1, 1]


GRAPHS = st.lists(st.sampled_from([0.0, 0.125, 0.25, 0.5, 0.75]), min_size=28, max_size=28)


@settings(deadline=None)
@given(GRAPHS, st.lists(st.integers(0, 5), min_size=8, max_size=8), st.integers(0, 6))
def test_the_work_can_be_taken_up_at_any_day(
    values: list[float], days: list[int], first_day: int
) -> None:
    days.sort()
    pairs = [(a, b) for a in range(8) for b in range(a + 1, 8)]
    edges = {pair: value for pair, value in zip(pairs, values, strict=True) if value}
    limits = Limits(0.3, cohesion=0.6, span=3)
    labels, joins = link_days(days, edges, limits)
    known = [join for join in joins if join.day < first_day]
    assert link_days(days, edges, limits, known, first_day) == (labels, joins)


def test_undated_articles_join_no_two_stories_of_dated_ones() -> None:
    edges = {(0, 2): 0.9, (1, 2): 0.9}
    assert join_undated([0, 1, None], edges, Limits(0.2)) == [0, 1, 0]
