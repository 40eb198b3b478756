"""Grades of wording: what is called spun, what must never be, and what the phrases point to."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summit_pipeline.normalise.spinning.grading import MIN_WORDS, Grade, grade_text
from summit_pipeline.text.layers import identity
from summit_pipeline.vocabulary import Sentence

ROOT = Path(__file__).parents[3]
CASES = json.loads((ROOT / "tests/cases/spun_texts.json").read_text("utf-8"))
SEEDS = {p.name[:3]: p.read_text("utf-8") for p in (ROOT / "seeds/articles").glob("*.txt")}
ONLY_001 = frozenset({"seed001"})
SPUN = CASES["pairs"][0]["spun"]
CLEAN = CASES["pairs"][0]["clean"]


def grade(text: str, **others: object) -> Grade:
    return grade_text(identity(text), (), None, None, **others)  # type: ignore[arg-type]


@pytest.mark.parametrize("without", [frozenset(), ONLY_001], ids=["all pairs", "no pair of 001"])
def test_of_the_seeds_only_001_is_spun(without: frozenset[str]) -> None:
    grades = {name: grade(text, without=without).grade for name, text in SEEDS.items()}
    assert grades == {"000": "clean", "001": "spun", "002": "clean", "003": "clean", "004": "clean"}


@pytest.mark.parametrize("case", CASES["pairs"], ids=lambda c: c["name"])
def test_the_spun_version_of_a_text_is_told_from_the_original(case: dict[str, str]) -> None:
    original, spun = grade(case["clean"]), grade(case["spun"])
    assert (original.grade, spun.grade) == ("clean", "spun")
    assert original.choices == ()


@pytest.mark.parametrize("case", CASES["look_alikes"], ids=lambda c: c["name"])
def test_look_alikes_are_clean(case: dict[str, str]) -> None:
    assert grade(case["text"]).grade == "clean"


def test_a_short_text_is_not_judged() -> None:
    words = SPUN.split()
    short = grade(" ".join(words[: MIN_WORDS - 10]))
    assert (short.grade, short.score, short.choices) == ("not_judged", None, ())
    assert grade(" ".join(words[: MIN_WORDS + 10])).grade == "spun"


def test_a_text_without_choices_is_not_judged() -> None:
    assert grade("Lorem ipsum dolor sit amet. " * 20).grade == "not_judged"


def test_an_empty_text_is_not_judged() -> None:
    assert grade("").grade == "not_judged"


def test_quotations_are_scored_apart() -> None:
    spun_in_quotes = CLEAN + "\n“" + SPUN.replace(". ", ".”\n“") + "”"
    quoted = grade(spun_in_quotes)
    assert quoted.grade == "clean"
    assert "quotations alone +" in quoted.reason


def test_only_body_sentences_make_the_grade() -> None:
    text = f"{CLEAN}\n{SPUN}"
    end = len(CLEAN)
    sentences = (Sentence(0, end, 0, "body"), Sentence(end + 1, len(text), 1, "caption"))
    assert grade_text(identity(text), sentences, None, None).grade == "clean"


def test_phrases_carry_place_suggestion_and_evidence() -> None:
    found = grade(SPUN)
    for phrase in found.choices:
        assert SPUN[phrase.clean_start : phrase.clean_end] == phrase.text
        assert phrase.suggestion
        assert "articles of clean news" in phrase.evidence
        assert 0.5 <= phrase.confidence <= 1.0
        assert not phrase.in_quotation
    suggested = {p.text.lower(): p.suggestion.lower() for p in found.choices}
    assert suggested["informed"] == "told"
    assert suggested["stated"] == "said"
    assert suggested["subsequent week"] == "next week"


def test_phrases_in_quotations_are_marked() -> None:
    text = SPUN + " “We stated that the authorities informed us concerning the commerce deficit.”"
    marked = {p.text for p in grade(text).choices if p.in_quotation}
    assert "commerce" in marked


def test_an_address_with_the_original_words_speaks_for_spinning() -> None:
    url = "https://example.org/2024/05/minister-vows-to-cut-trade-deficit-with-neighbours/"
    title = "Minister vows to cut commerce deficit with neighbours"
    told = grade_text(identity(CLEAN), (), title, url)
    alone = grade_text(identity(CLEAN), (), title, None)
    assert told.score is not None
    assert alone.score is not None
    assert told.score > alone.score
    assert "“commerce” for “trade”" in told.reason


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/2024/05/quarterly-figures",
        "https://example.org/?p=trade",
        "https://[broken/trade-deficit-with-neighbours",
        "",
    ],
)
def test_an_address_that_does_not_speak_of_the_title_says_nothing(url: str) -> None:
    title = "Minister vows to cut commerce deficit with neighbours"
    assert grade_text(identity(CLEAN), (), title, url) == grade(CLEAN)


def test_the_reason_names_score_threshold_and_false_alarms() -> None:
    reason = grade(SPUN).reason
    assert "threshold" in reason
    assert "clean articles" in reason


@given(st.text(max_size=400) | st.lists(st.sampled_from(SPUN.split(" ")), max_size=150))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_graded(material: str | list[str]) -> None:
    text = material if isinstance(material, str) else " ".join(material)
    found = grade(text)
    assert found == grade(text)
    ends = [0]
    for phrase in found.choices:
        assert text[phrase.clean_start : phrase.clean_end] == phrase.text
        assert ends[-1] <= phrase.clean_start < phrase.clean_end
        ends.append(phrase.clean_end)


@pytest.mark.parametrize("piece", ["a-", "1,", "U.S.", "“", "stated ", "’s", "\u200b", "的"])
def test_hostile_repetition_is_graded(piece: str) -> None:
    assert grade(piece * 20_000).grade in {"clean", "not_judged"}
