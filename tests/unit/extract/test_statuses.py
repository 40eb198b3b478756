"""States of undertakings and people: class, voice, polarity, modality, actor and parties."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summit_pipeline.extract.dating.dates import find_dates
from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.naming.names import find_names
from summit_pipeline.extract.states.statuses import Status, find_statuses
from summit_pipeline.text.layers import identity
from summit_pipeline.text.sentences import split_sentences
from summit_pipeline.vocabulary import Sentence

CASES = json.loads((Path(__file__).parents[2] / "cases" / "statuses.json").read_text("utf-8"))


def statuses(text: str) -> tuple[Status, ...]:
    sentences = []
    for number, line in enumerate(re.finditer(r"[^\n]+", text)):
        for span in split_sentences(text, line.start(), line.end()):
            sentences.append(Sentence(span.start, span.end, number, "body"))
    doc = CleanDocument("v", identity(text), tuple(sentences), date(2024, 5, 8))
    return find_statuses(doc, find_names(doc), find_dates(doc))


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(c, marks=[pytest.mark.xfail(reason=c["xfail"])] if "xfail" in c else [])
        for c in CASES
    ],
    ids=[c["text"][:50] for c in CASES],
)
def test_status(case: dict[str, Any]) -> None:
    found = [
        [s.status, s.undertaking_head, s.aspect, s.polarity, s.modality]
        for s in statuses(case["text"])
    ]
    assert found == case["statuses"]


def test_actor_and_parties_of_a_passive() -> None:
    (status,) = statuses("Orbit Corp.’s bid for Acme Steel was blocked by President Anna Reed.")
    assert status.actor == "Anna Reed"
    assert status.parties == ("Orbit Corp.", "Acme Steel")


def test_its_bid_is_the_subject_s_and_not_the_nearest_name_s() -> None:
    (status,) = statuses("Orbit Corp. — known as Apex Foods — is dropping its bid for Acme Steel.")
    assert status.actor == "Orbit Corp."
    assert status.parties == ("Orbit Corp.", "Acme Steel")


def test_the_deal_means_the_last_undertaking_of_its_class() -> None:
    text = "Orbit Corp.’s takeover of Acme Steel is near. President Anna Reed blocked the deal."
    assert statuses(text)[-1].parties == ("Orbit Corp.", "Acme Steel")
    text = "Orbit Corp.’s takeover of Acme Steel is near. President Anna Reed blocked it."
    assert statuses(text)[-1].parties == ("Orbit Corp.", "Acme Steel")


def test_a_pronoun_without_an_undertaking_before_it_is_no_status() -> None:
    assert statuses("President Anna Reed blocked it.") == ()


def test_moment_of_a_status() -> None:
    (status,) = statuses("President Anna Reed signed the bill on Tuesday.")
    assert (status.as_of, status.as_of_text) == (date(2024, 5, 7), "Tuesday")


_PIECES = st.sampled_from(
    [
        "Orbit Corp.",
        "Anna Reed",
        "blocked",
        "was",
        "by",
        "the deal",
        "its bid",
        "to",
        "buy",
        "not",
        "would",
        "it",
        ",",
        "which",
        "opposed",
        "and",
        "dropping",
        ".",
        "talks",
        "collapsed",
        "called off",
        "?",
        "decision",
        "on Friday",
        "pleaded guilty",
        "“",
        "”",
        "—",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(_PIECES, max_size=30).map(" ".join))
def test_statuses_of_any_text_are_in_order_of_their_verbs(text: str) -> None:
    for status in statuses(text):
        assert 0 <= status.start < status.end <= len(text)
        assert status.polarity in (1, -1)
        assert status.aspect in ("state", "stance")


def test_an_idea_that_is_called_untrue_is_denied() -> None:
    first, *_ = statuses("The idea that there will be a delay is not true.")
    assert (first.status, first.polarity) == ("delayed", -1)
