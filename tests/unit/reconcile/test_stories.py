"""Which documents are one story: what joins, what doesn't, and that order plays no part."""

import random
from pathlib import Path

import pytest
from made_claims import document

from summit_pipeline.reconcile.grouping.stories import group_stories
from summit_pipeline.reconcile.tables import StoryDocument
from summit_pipeline.text.identity import stable_id

SEEDS = Path(__file__).parents[3] / "seeds" / "articles"

QUAKE = (
    "A magnitude 6.1 earthquake struck the Molucca Sea off Halmahera island on Tuesday, toppling "
    "houses in Ternate. Rescue crews reached Halmahera by boat and Ternate hospital treated 40."
)
QUAKE_AGAIN = (
    "Rescue crews searched toppled houses in Ternate after the 6.1 earthquake off Halmahera. The "
    "Molucca Sea earthquake damaged the hospital in Ternate, officials on Halmahera said."
)
BUDGET = (
    "Lawmakers in Lisbon rejected the budget of Finance Minister Ana Costa, who had promised to "
    "freeze pensions. Costa offered to resign; the pension freeze had split her party in Lisbon."
)
QUAKE_GERMAN = (
    "Ein Erdbeben der Stärke 6,1 erschütterte die Insel Halmahera. In Ternate stürzten Häuser ein. "
    "Helfer erreichten Halmahera, in Ternate behandelten Ärzte 40 Verletzte."
)


def stories(documents: list[StoryDocument]) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for member in group_stories(documents):
        found.setdefault(member.story_id, set()).add(member.document_id)
    return {frozenset(ids) for ids in found.values()}


def seeds() -> list[StoryDocument]:
    texts = [(path.stem[:3], path.read_text(encoding="utf-8")) for path in SEEDS.glob("*.txt")]
    return [document(name, text, title=text.split("\n", 1)[0]) for name, text in texts]


def test_reports_of_one_event_join_and_another_event_stays_apart() -> None:
    made = [document("a", QUAKE), document("b", QUAKE_AGAIN), document("c", BUDGET)]
    assert stories(made) == {frozenset("ab"), frozenset("c")}


def test_the_seeds_are_one_story_though_one_is_spun() -> None:
    found = stories([*seeds(), document("quake", QUAKE), document("budget", BUDGET)])
    assert frozenset({"000", "001", "002", "003", "004"}) in found


@pytest.mark.parametrize(("other_day", "expected"), [("2024-05-03", 1), ("2024-05-09", 2)])
def test_the_window_keeps_like_events_of_other_weeks_apart(other_day: str, expected: int) -> None:
    made = [
        document("a", QUAKE, published="2024-05-01"),
        document("b", QUAKE_AGAIN, published=other_day),
    ]
    assert len(stories(made)) == expected


def test_an_undated_document_joins_a_dated_one_by_content() -> None:
    made = [document("a", QUAKE, published="2024-05-01"), document("b", QUAKE_AGAIN)]
    assert stories(made) == {frozenset("ab")}


def test_another_language_joins_by_names_and_numbers() -> None:
    made = [
        document("a", QUAKE),
        document("b", QUAKE_GERMAN, language="de"),
        document("c", BUDGET),
    ]
    assert stories(made) == {frozenset("ab"), frozenset("c")}


def test_a_story_is_named_by_its_earliest_member() -> None:
    made = [
        document("a", QUAKE, published="2024-05-02"),
        document("b", QUAKE_AGAIN, published="2024-05-01"),
    ]
    first, second = group_stories(made)
    assert (first.document_id, first.similarity) == ("b", None)
    assert first.story_id == stable_id(made[1].published_at, "b") == second.story_id
    assert second.similarity is not None
    assert 0 < second.similarity <= 1


@pytest.mark.parametrize("text", ["", " \n", "the of and", "!!! 123", "\ud800"])
def test_a_document_without_content_is_a_story_of_its_own(text: str) -> None:
    made = [document("a", text), document("b", text), document("c", QUAKE)]
    assert frozenset("c") in stories(made)
    assert len(group_stories(made)) == 3


def test_no_documents_give_no_members() -> None:
    assert group_stories([]) == []


def test_the_order_of_documents_plays_no_part() -> None:
    made = [
        *seeds(),
        document("a", QUAKE, published="2024-05-01"),
        document("b", QUAKE_AGAIN, published="2024-05-01"),
        document("c", QUAKE_GERMAN, language="de"),
        document("d", BUDGET),
    ]
    expected = group_stories(made)
    for seed in range(5):
        shuffled = random.Random(seed).sample(made, len(made))
        assert group_stories(shuffled) == expected


def test_unrelated_documents_do_not_change_a_story() -> None:
    """Weights come from the shipped table, so a story does not depend on what else is there."""
    alone = {m.document_id: m for m in group_stories(seeds())}
    beside = group_stories([*seeds(), document("x", BUDGET), document("y", QUAKE)])
    assert {m.document_id: m for m in beside if m.document_id in alone} == alone
