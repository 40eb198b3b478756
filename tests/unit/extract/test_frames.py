"""Frames: measure noun, parties, period, scope and reality of values, as cases and properties."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summit_pipeline.extract.amounts.quantities import find_quantities
from summit_pipeline.extract.dating.dates import find_dates
from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.framing.frame import Frame
from summit_pipeline.extract.framing.frames import FrameReader
from summit_pipeline.extract.naming.names import find_names
from summit_pipeline.text.layers import identity
from summit_pipeline.text.sentences import split_sentences
from summit_pipeline.vocabulary import Sentence

CASES = json.loads((Path(__file__).parents[2] / "cases" / "frames.json").read_text("utf-8"))


def document(text: str) -> CleanDocument:
    sentences = []
    for number, line in enumerate(re.finditer(r"[^\n]+", text)):
        for span in split_sentences(text, line.start(), line.end()):
            sentences.append(Sentence(span.start, span.end, number, "body"))
    return CleanDocument("v", identity(text), tuple(sentences), date(2024, 5, 8))


def read(text: str, value: str, kind: str) -> Frame:
    doc = document(text)
    amounts = [(q.start, q.end, q.kind) for q in find_quantities(doc)]
    at = text.index(value)
    reader = FrameReader(doc, find_names(doc), find_dates(doc), amounts)
    return reader.frame(at, at + len(value), kind)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(c, marks=[pytest.mark.xfail(reason=c["xfail"])] if "xfail" in c else [])
        for c in CASES
    ],
    ids=[f"{c['value']}: {c['text'][:40]}" for c in CASES],
)
def test_frame(case: dict[str, Any]) -> None:
    frame = read(case["text"], case["value"], case["kind"])
    found = {name: getattr(frame, name) for name in case["frame"]}
    expected = {k: tuple(v) if isinstance(v, list) else v for k, v in case["frame"].items()}
    assert found == expected


def test_capital_stands_for_its_government_unless_it_is_a_place() -> None:
    text = "Washington’s $2 billion deficit with Tokyo grew."
    assert read(text, "$2 billion", "money").parties == ("United States", "Japan")
    assert (
        "Japan" not in read("The $2 billion plant in Tokyo closed.", "$2 billion", "money").parties
    )


def test_description_means_the_last_name_of_its_type() -> None:
    text = "Orbit Corp. grew. The company’s $3 billion bid failed."
    assert read(text, "$3 billion", "money").parties == ("Orbit Corp.",)


def test_a_span_outside_all_sentences_has_an_empty_frame() -> None:
    doc = CleanDocument("v", identity("   5 apples"), (), None)
    assert FrameReader(doc, find_names(doc), ()).frame(3, 11, "count") == Frame()


_PIECES = st.sampled_from(
    [
        "$5 billion",
        "10 percent",
        "31 people",
        "the",
        "deficit",
        "of",
        "with",
        "Japan",
        "’s",
        "was",
        ",",
        "which",
        "and",
        "compared with",
        "in 2023",
        "rose",
        "to",
        "killed",
        "by",
        "Anna Reed",
        "54",
        ".",
        "?",
        "its",
        "the company",
        "three weeks",
        "on Friday",
        "(",
        ")",
        "“",
        "”",
        "—",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(_PIECES, max_size=30).map(" ".join))
def test_frames_of_any_text_hold_words_of_their_sentence(text: str) -> None:
    doc = document(text)
    names, dates, amounts = find_names(doc), find_dates(doc), find_quantities(doc)
    reader = FrameReader(doc, names, dates, [(q.start, q.end, q.kind) for q in amounts])
    for quantity in amounts:
        frame = reader.frame(quantity.start, quantity.end, quantity.kind)
        assert frame.polarity in (1, -1)
        if frame.period_text is not None:
            assert frame.period_text in text
        if frame.period_start is not None and frame.period_end is not None:
            assert frame.period_start < frame.period_end
        assert frame == reader.frame(quantity.start, quantity.end, quantity.kind)
