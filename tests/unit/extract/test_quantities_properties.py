from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summit_pipeline.extract.amounts.approximators import hedge_of
from summit_pipeline.extract.amounts.quantities import find_quantities
from summit_pipeline.extract.amounts.quantity import hedged_interval
from summit_pipeline.extract.dating.dates import find_dates
from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.text.layers import identity
from summit_pipeline.vocabulary import Sentence

PIECES = st.sampled_from(
    [
        "$",
        "£",
        "€",
        "5",
        "10",
        "2025",
        "3-1",
        "1,000",
        ".5",
        "%",
        "percent",
        "to",
        "from",
        "between",
        "and",
        "about",
        "nearly",
        "bn",
        "million",
        "dollars",
        "people",
        "two",
        "hundred",
        "hundreds",
        "of",
        "billions",
        "a",
        "dozen",
        "year-old",
        "km",
        "Monday",
        "May",
        "7",
        ",",
        ".",
        "(",
        ")",
        "-",
        "10:30",
        "the",
        "first",
        "meeting",
        "record",
        "US",
        "A",
        "½",
        "http://",
        "@x",
        "#1",
        "e5",
        "per",
        "one",
        "in",
        "ago",
        "last",
        "week",
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map(" ".join))


def document(text: str, split: int) -> CleanDocument:
    sentences = [Sentence(0, split, 0, "body"), Sentence(split, len(text), 0, "body")]
    kept = tuple(s for s in sentences if s.clean_start < s.clean_end)
    return CleanDocument("v", identity(text), kept, date(2025, 2, 8))


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.integers(0, 80))
def test_amounts_lie_in_one_sentence_in_order_and_hold_their_value(text, split):
    split = min(split, len(text))
    doc = document(text, split)
    at = 0
    for q in find_quantities(doc):
        assert at <= q.start < q.end
        at = q.end
        assert any(s.clean_start <= q.start and q.end <= s.clean_end for s in doc.sentences)
        if q.value is not None:
            assert q.low is None or q.low <= q.value
            assert q.high is None or q.value <= q.high
        elif q.low is not None and q.high is not None:
            assert q.low < q.high
        assert 0 < q.confidence <= 1


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_dates_are_whole_intervals_or_unresolved(text):
    for d in find_dates(document(text, 0)):
        assert 0 <= d.start < d.end <= len(text)
        assert (d.date_start is None) == (d.date_end is None)
        if d.date_start is not None and d.date_end is not None:
            assert d.date_start < d.date_end


@pytest.mark.parametrize(
    ("hedge", "interval"),
    [
        (None, (67.5, 68.5)),
        ("about", (61.2, 74.8)),
        ("nearly", (61.2, 68)),
        ("more_than", (68, None)),
        ("at_least", (68, None)),
        ("less_than", (None, 68)),
        ("up_to", (None, 68)),
        ("record", (67.5, 68.5)),
    ],
)
def test_a_hedge_widens_or_opens_the_interval(hedge, interval):
    low, high = hedged_interval(hedge, 67.5, 68.5, 68)
    assert (low, high) == (
        None if interval[0] is None else pytest.approx(interval[0]),
        None if interval[1] is None else pytest.approx(interval[1]),
    )


def test_a_hedge_on_a_range_opens_one_side_only():
    assert hedged_interval("more_than", 5, 7, None) == (5, None)
    assert hedged_interval("about", 5, 7, None) == (5, 7)


@pytest.mark.parametrize(
    ("text", "kind", "hedge"),
    [
        ("over [four years]", "duration", None),
        ("for over [four years]", "duration", "more_than"),
        ("over [$5]", "money", "more_than"),
        ("an estimated [$5]", "money", "about"),
        ("up to a record [$5]", "money", "up_to"),
        ("[$5] or more", "money", "at_least"),
        ("turnover [$5]", "money", None),
        ("nearly all of it, [$5]", "money", None),
    ],
)
def test_hedges_stand_at_the_amount(text, kind, hedge):
    start, end = text.index("["), text.index("]") - 1
    assert hedge_of(text.replace("[", "").replace("]", ""), start, end, kind) == hedge


@pytest.mark.parametrize(
    "unit", ["9", "1,", "one ", "$", "from $1 to ", "hundreds of ", "½", "the day "]
)
def test_hostile_repetition_is_read_without_failing(unit):
    doc = document(unit * (2000 // len(unit)), 0)
    find_quantities(doc)
    find_dates(doc)


def test_the_same_text_gives_the_same_amounts_wherever_its_sentence_stands():
    sentence = "He paid $5 million for 12 ships."
    alone = find_quantities(document(sentence, 0))
    later = find_quantities(document("Yes. " + sentence, 5))
    assert [(q.start + 5, q.end + 5, q.value) for q in alone] == [
        (q.start, q.end, q.value) for q in later
    ]
