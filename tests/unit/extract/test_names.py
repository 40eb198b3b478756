"""Names within one document: what is one, what it names, and its fullest form."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.naming.names import NameBook, find_names
from summit_pipeline.text.layers import identity
from summit_pipeline.text.sentences import split_sentences
from summit_pipeline.vocabulary import Sentence

CASES = json.loads((Path(__file__).parents[2] / "cases" / "names.json").read_text("utf-8"))


def document(text: str) -> CleanDocument:
    sentences = []
    for number, line in enumerate(re.finditer(r"[^\n]+", text)):
        for span in split_sentences(text, line.start(), line.end()):
            sentences.append(Sentence(span.start, span.end, number, "body"))
    return CleanDocument("v", identity(text), tuple(sentences), date(2024, 5, 8))


def book(text: str) -> NameBook:
    return find_names(document(text))


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(c, marks=[pytest.mark.xfail(reason=c["xfail"])] if "xfail" in c else [])
        for c in CASES
    ],
    ids=[c["text"][:40] for c in CASES],
)
def test_canonical_names_in_order(case: dict[str, object]) -> None:
    assert [m.canonical for m in book(str(case["text"])).mentions] == case["names"]


def test_type_role_and_gender() -> None:
    names = book("President Maria Lopez met Acme Corp. in Ohio. Tom Reed, a lawyer, was there.")
    assert [(m.canonical, m.name_type, m.role, m.gender) for m in names.mentions] == [
        ("Maria Lopez", "person", "president", "f"),
        ("Acme Corp.", "organisation", None, None),
        ("Ohio", "place", None, None),
        ("Tom Reed", "person", "lawyer", "m"),
    ]
    assert names.holders("president") == ("Maria Lopez",)


def test_gender_from_the_pronoun_that_follows() -> None:
    names = book("Minister Xyla Brandt resigned after she lost a vote. Brandt left.")
    assert names.gender_of("Xyla Brandt") == "f"


def test_capitals_and_demonyms_point_to_their_government() -> None:
    names = book("Washington and Japanese officials talked at the White House.")
    assert [(m.canonical, m.kind, m.stands_for) for m in names.mentions] == [
        ("Washington", "capital", "United States"),
        ("Japan", "demonym", None),
        ("White House", "metonym", "United States"),
    ]


def test_possessive_ending_stays_outside() -> None:
    names = book("Everyone knew Orbit’s plan and Maria Lopez's view.")
    assert [m.text for m in names.mentions] == ["Orbit", "Maria Lopez"]


def test_title_case_headings_give_known_names_only() -> None:
    text = "Senate Rejects Plan Of Lopez After Long Debate\nMaria Lopez said the plan was good."
    assert [m.canonical for m in book(text).mentions] == ["Senate", "Maria Lopez", "Maria Lopez"]


def test_look_ups() -> None:
    names = book("Maria Lopez met Tom Reed. Lopez left.")
    assert names.resolve("the Lopez's") == "Maria Lopez"
    assert names.resolve("Nobody") is None
    assert names.canonical_in(0, 100) == ("Maria Lopez", "Tom Reed")
    third = names.mentions[2]
    assert names.mention_at(third.start + 1) == third
    assert names.mention_at(third.end) is None


def test_other_languages_give_no_names() -> None:
    text = "Der Bundeskanzler traf Maria Lopez."
    doc = CleanDocument("v", identity(text), (Sentence(0, len(text), 0, "body"),), None, "de")
    assert find_names(doc).mentions == ()


_WORDS = st.sampled_from(
    [
        "President",
        "Maria",
        "Lopez",
        "of",
        "the",
        "and",
        "for",
        "U.S.",
        "Steel",
        "Corp.",
        "said",
        ",",
        ".",
        "’s",
        "“",
        "”",
        "Bank",
        "England-Japan",
        "de",
        "van",
        "Monday",
        "May",
        "A",
        "I",
        "NATO",
        "(NATO)",
        "Department",
        "Mr.",
        "Washington",
        "O’Brien",
        "al-Sayed",
        "5",
        "-",
        "\n",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, max_size=40).map(" ".join))
def test_mentions_are_in_order_apart_and_are_the_text(text: str) -> None:
    names = book(text)
    end = 0
    for mention in names.mentions:
        assert end <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        assert mention.canonical
        end = mention.end


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    book(text)
