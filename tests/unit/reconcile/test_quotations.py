import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_claims import claim, source, speakers

from summit_pipeline.reconcile.relating.quotations import find_pairs
from summit_pipeline.reconcile.relating.wordings import (
    compare,
    shared_stretch,
    wording_diff,
    wording_of,
)
from summit_pipeline.reconcile.slotting.parties import StoryNames
from summit_pipeline.reconcile.slotting.readings import Reading, read_claims

CASES = json.loads(
    (Path(__file__).parents[2] / "cases" / "quotations_paired.json").read_text(encoding="utf-8")
)


def quoted(
    version: str, text: str, speaker: str | None, grade: str = "clean", around: str = ""
) -> Reading:
    sentence = f"{around} “{text}” she said."
    made = claim(version, text, sentence, kind="quotation", speaker=speaker)
    names = StoryNames(speakers(made))
    return read_claims([made], {version: source(version, grade=grade)}, names)[0]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_pairs(case: dict[str, Any]) -> None:
    swaps = {tuple(sorted(pair)) for pair in case.get("synonyms", [])}
    around = case.get("around", "")
    grade = case.get("grade_a", "clean")
    a = quoted("a", case["a"], case.get("speaker_a", "Ann Roe"), grade, around)
    b = quoted("b", case["b"], case.get("speaker_b", "Ann Roe"), around=around)
    found = find_pairs([a, b], [0, 1], lambda x, y: tuple(sorted((x, y))) in swaps)
    verdict = found.get((0, 1))
    assert (verdict.relation if verdict else None) == case["relation"]


def test_diff_shows_words_left_out_and_added() -> None:
    assert wording_diff("We want peace now.", "We need peace.") == "We -want- +need+ peace -now-"
    assert wording_diff("We’ll win", "We will win") == ""


def test_the_shared_stretch_is_cut_free_of_what_stands_around_it() -> None:
    one = wording_of("We will see, but the doctors felt this was the best move.")
    two = wording_of("I hear the doctors thought it was the best move for us.")
    found = shared_stretch(one, two)
    assert found is not None
    assert found.words == ("the", "doctors", "was", "the", "best", "move")
    assert found.longest == ("was", "the", "best", "move")
    assert (found.edits, found.before, found.after) == (2, (4, 2), (0, 2))
    assert not found.is_contained


WORDS = ("peace", "war", "now", "then", "we", "they", "win", "lose")
words = st.lists(st.sampled_from(WORDS), max_size=12)


@given(words, words)
def test_comparison_is_symmetric_in_what_it_counts(one: list[str], two: list[str]) -> None:
    first, second = wording_of(" ".join(one)), wording_of(" ".join(two))
    found = compare(first, second)
    assert found.matched <= min(len(first.folded), len(second.folded))
    assert (found.edits == 0 and found.ends == 0) == (
        first.folded == second.folded or not (first.folded or second.folded)
    )


def test_a_hostile_quotation_is_compared_by_its_beginning() -> None:
    long = "ha " * 20_000
    assert len(wording_of(long).folded) == 400
    assert find_pairs([quoted("a", long, "X"), quoted("b", long, "X")], [0, 1])


@given(words, words)
def test_the_shared_stretch_counts_every_word_once(one: list[str], two: list[str]) -> None:
    first, second = wording_of(" ".join(one)), wording_of(" ".join(two))
    found = shared_stretch(first, second)
    if found is None:
        assert not set(first.folded) & set(second.folded)
        return
    for side, wording in enumerate((first, second)):
        around = found.before[side] + found.after[side]
        assert len(found.words) + around <= len(wording.folded)
        assert len(found.words) + around + found.edits >= len(wording.folded)
