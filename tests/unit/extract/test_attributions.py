"""Who said what, on self-written cases: speakers, ends of content, utterances, fragments."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.naming.names import NameBook, find_names
from summit_pipeline.extract.saying.attributions import Attribution, find_attributions
from summit_pipeline.lexicons import load_toml
from summit_pipeline.text.layers import identity
from summit_pipeline.text.sentences import split_sentences
from summit_pipeline.vocabulary import Sentence

CASES = json.loads((Path(__file__).parents[2] / "cases" / "quotations.json").read_text("utf-8"))


def document(text: str, language: str = "en") -> CleanDocument:
    sentences: list[Sentence] = []
    start = 0
    for number, line in enumerate(text.split("\n")):
        for span in split_sentences(text, start, start + len(line)):
            sentences.append(Sentence(span.start, span.end, number, "body"))
        start += len(line) + 1
    return CleanDocument("v", identity(text), tuple(sentences), None, language)


def read(text: str) -> tuple[Attribution, ...]:
    doc = document(text)
    return find_attributions(doc, find_names(doc))


def _parameters() -> list[Any]:
    return [
        pytest.param(c, id=c["id"], marks=[pytest.mark.xfail(reason=c["xfail"])])
        if "xfail" in c
        else pytest.param(c, id=c["id"])
        for c in CASES
    ]


@pytest.mark.parametrize("case", _parameters())
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    found = read(text)
    quotes = [
        [text[s.start : s.end], a.speaker, *(["fragment"] if a.fragment else [])]
        for a in found
        if a.quoted
        for s in a.content
    ]
    statements = [
        [" ## ".join(text[s.start : s.end] for s in a.content), a.speaker]
        for a in found
        if not a.quoted
    ]
    assert quotes == case["quotes"]
    assert statements == case["statements"]
    if "utterances" in case:
        assert len({a.utterance for a in found}) == case["utterances"]
    if "spun" in case:
        assert any(a.spun_cue for a in found)


def test_marks_stay_outside_and_each_quoted_sentence_is_a_span() -> None:
    text = "“One is here. Two is there!” Maria Lopez said."
    (found,) = read(text)
    assert [text[s.start : s.end] for s in found.content] == ["One is here.", "Two is there!"]
    assert (found.cue, found.speaker_basis, found.rule) == ("said", "name", "x_said")
    assert found.speaker_span is not None
    assert text[found.speaker_span.start : found.speaker_span.end] == "Maria Lopez"


def test_quoted_and_unquoted_words_of_one_statement_share_the_utterance() -> None:
    found = read("Maria Lopez said the bank would “never ever” close.")
    assert [a.quoted for a in found] == [False, True]
    assert len({a.utterance for a in found}) == 1


def test_a_rule_below_the_threshold_names_nobody_but_shows_its_phrase() -> None:
    (found,) = read("Tom Ortiz was blunt. “Why should we pay for this?”")
    assert found.speaker is None
    assert found.confidence < 0.6
    assert found.speaker_span is not None


def test_other_languages_are_not_read() -> None:
    assert find_attributions(document("“Ja,” Anna Keller said.", "de"), NameBook(())) == ()


def test_every_rule_states_a_measured_confidence() -> None:
    table = load_toml("rule_confidence_attributions.toml")
    assert set(table["measured"]) == set(table["cases"])
    assert all(0.0 <= share <= 1.0 for share in table["measured"].values())


PIECES = [
    "“", "”", '"', " said ", "Ann Lee", "he ", ", ", ". ", "\n", "that ", "the official ",
    "who ", "according to ", "— ", "(", ")", "and ", "told ", ": ", "cats sleep",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    doc = document(text)
    found = find_attributions(doc, find_names(doc))
    assert found == find_attributions(doc, find_names(doc))
    starts = [a.content[0].start for a in found]
    assert starts == sorted(starts)
    for a in found:
        for span in (*a.content, *([a.speaker_span] if a.speaker_span else [])):
            assert 0 <= span.start < span.end <= len(text)
        assert a.speaker is None or (a.speaker_span is not None and a.confidence >= 0.6)
