import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summit_pipeline.text.sentences import split_sentences
from summit_pipeline.text.tokens import count_words, fold, folded_words, words

CASES = json.loads((Path(__file__).parents[2] / "cases" / "sentences.json").read_text("utf-8"))
MARKED = [
    pytest.param(c, marks=pytest.mark.xfail(reason=c["known_failure"]))
    if "known_failure" in c
    else c
    for c in CASES
]
NEWSY = st.text(alphabet=st.sampled_from('aBc.!?…"”“’ U.S1,-\n)('), max_size=200)


@pytest.mark.parametrize("case", MARKED, ids=lambda c: c["text"][:40])
def test_sentences_of_a_paragraph(case: dict[str, object]) -> None:
    text = str(case["text"])
    found = [text[s.start : s.end] for s in split_sentences(text, 0, len(text))]
    assert found == case["sentences"]


@given(NEWSY, st.integers(0, 50))
def test_sentences_hold_every_visible_character_once(text: str, start: int) -> None:
    start = min(start, len(text))
    spans = split_sentences(text, start, len(text))
    at = start
    for span in spans:
        assert text[at : span.start].strip() == ""
        assert text[span.start : span.end] == text[span.start : span.end].strip() != ""
        at = span.end
    assert text[at:].strip() == ""


def test_a_stretch_is_read_without_its_surroundings() -> None:
    text = "Before. Inside one. Inside two. After."
    assert [text[s.start : s.end] for s in split_sentences(text, 8, 31)] == [
        "Inside one.",
        "Inside two.",
    ]


def test_words_keep_figures_initials_and_compounds_whole() -> None:
    text = "The U.S.-led bid, worth $1,133.5 million, isn’t Acme’s."
    found = [text[w.start : w.end] for w in words(text)]
    assert found == ["The", "U.S.-led", "bid", "worth", "1,133.5", "million", "isn’t", "Acme’s"]


def test_folding_straightens_marks_and_case() -> None:
    assert fold("“Trump’s” – YES…") == '"trump\'s" - yes...'
    assert folded_words("Don’t STOP") == ["don't", "stop"]


@given(NEWSY)
def test_words_are_in_order_and_counted(text: str) -> None:
    spans = words(text)
    assert len(spans) == count_words(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
