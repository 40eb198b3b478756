"""What "Friday" is counted from: a document's own date, a sibling's full date, or nothing."""

import random
from datetime import date

import pytest
from made_claims import claim, document

from summit_pipeline.reconcile.reference_dates import reference_dates
from summit_pipeline.reconcile.tables import StoryDocument
from summit_pipeline.vocabulary import Claim

MET = "President Marta Silva met Chancellor Jan Novak at Prague Castle on {}."
SPOKE = "Novak welcomed President Silva to Prague Castle on {} for talks on gas."
FRIDAY = date(2024, 3, 15)


def says(version: str, sentence: str, words: str, expression: str) -> Claim:
    """A claim that names a day which needs a reference."""
    return claim(version, words, sentence.format(words), kind="date", date_expression=expression)


def states(version: str, sentence: str, words: str, day: date) -> Claim:
    """A claim that states a day in full."""
    return claim(
        version,
        words,
        sentence.format(words),
        kind="date",
        date_start=day.isoformat(),
        date_end=date.fromordinal(day.toordinal() + 1).isoformat(),
        date_expression=f"day:{day}",
    )


def story(*versions: str, **published: str) -> list[StoryDocument]:
    return [document(v, "text", published=published.get(v)) for v in versions]


def test_a_document_with_a_date_counts_from_it() -> None:
    assert reference_dates(story("a", a="2024-03-16"), []) == {"a": (date(2024, 3, 16), "field")}


def test_friday_is_the_friday_that_a_sibling_states_of_the_same_meeting() -> None:
    made = [
        says("a", SPOKE, "Friday", "weekday:fri"),
        states("b", MET, "March 15, 2024", FRIDAY),
    ]
    day, basis = reference_dates(story("a", "b"), made)["a"]
    assert day == FRIDAY
    assert basis.startswith("sibling Outlet b: “March 15, 2024” is Friday")


def test_friday_of_a_dated_sibling_serves_as_well() -> None:
    made = [
        says("a", SPOKE, "Friday", "weekday:fri"),
        says("b", MET, "Friday", "weekday:fri"),
    ]
    found = reference_dates(story("a", "b", b="2024-03-17"), made)
    assert found["a"][0] == FRIDAY


def test_what_a_sibling_learned_is_passed_on() -> None:
    castle = "The Prague Castle talks on {} were about gas from the Yamal field, aides said."
    made = [
        says("a", castle, "Friday", "weekday:fri"),
        says("b", SPOKE + " Gas from Yamal field.", "Friday", "weekday:fri"),
        states("c", "President Silva met Chancellor Novak on {}.", "March 15, 2024", FRIDAY),
    ]
    found = reference_dates(story("a", "b", "c"), made)
    assert found["b"][0] == found["a"][0] == FRIDAY


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        (MET, date(2024, 3, 14)),  # a Thursday
        ("The Louvre in Paris closed on {} as guards walked out.", FRIDAY),
        ("It rained on {}.", FRIDAY),
    ],
)
def test_other_weekdays_and_other_occasions_settle_nothing(sentence: str, day: date) -> None:
    made = [says("a", SPOKE, "Friday", "weekday:fri"), states("b", sentence, "that day", day)]
    found, basis = reference_dates(story("a", "b"), made)["a"]
    assert found is None
    assert basis.startswith("none: no date of its own")


def test_two_fridays_of_one_occasion_are_ambiguous() -> None:
    made = [
        says("a", SPOKE, "Friday", "weekday:fri"),
        states("b", MET, "March 15, 2024", FRIDAY),
        states("c", MET, "March 22, 2024", date(2024, 3, 22)),
    ]
    found, basis = reference_dates(story("a", "b", "c"), made)["a"]
    assert found is None
    assert "2024-03-15" in basis
    assert "2024-03-22" in basis


def test_a_friday_years_before_the_story_is_not_it() -> None:
    made = [
        says("a", SPOKE, "Friday", "weekday:fri"),
        states("b", MET, "in 2019", date(2019, 3, 15)),
    ]
    assert reference_dates(story("a", "b", b="2024-03-16"), made)["a"][0] is None


def test_the_latest_of_several_weekdays_is_the_reference() -> None:
    made = [
        says("a", SPOKE, "Thursday", "weekday:thu"),
        says("a", MET, "Friday", "weekday:fri"),
        states("b", SPOKE, "March 14, 2024", date(2024, 3, 14)),
        states("b", MET, "March 15, 2024", FRIDAY),
    ]
    assert reference_dates(story("a", "b"), made)["a"][0] == FRIDAY


def test_a_day_counted_from_a_reference_is_no_witness() -> None:
    """What extraction resolved with a document's own date must not vouch for that date."""
    made = [
        says("a", SPOKE, "Friday", "weekday:fri"),
        claim(
            "b",
            "Friday",
            MET.format("Friday"),
            kind="date",
            date_expression="weekday:fri",
            date_start="2024-03-15",
            date_end="2024-03-16",
        ),
    ]
    assert reference_dates(story("a", "b"), made)["a"][0] is None


def test_a_document_that_names_no_day_says_so() -> None:
    assert reference_dates(story("a"), [])["a"] == (
        None,
        "none: no date of its own, and it names no day that a sibling could settle",
    )


def test_the_order_of_documents_and_claims_plays_no_part() -> None:
    made = [
        says("a", SPOKE, "Friday", "weekday:fri"),
        says("d", MET, "Friday", "weekday:fri"),
        states("b", MET, "March 15, 2024", FRIDAY),
        states("c", SPOKE, "15 March 2024", FRIDAY),
    ]
    documents = story("a", "b", "c", "d")
    expected = reference_dates(documents, made)
    for seed in range(5):
        shuffle = random.Random(seed)
        again = reference_dates(shuffle.sample(documents, 4), shuffle.sample(made, 4))
        assert again == expected
