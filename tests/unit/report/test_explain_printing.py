"""`summit explain` prints what sources write as text: no markup, nothing that a terminal obeys."""

import io
from datetime import date
from typing import Any

import pytest
from rich.console import Console

from summit_pipeline.cli.explain import print_explanation
from summit_pipeline.cli.explain_texts import print_claim, print_document
from summit_pipeline.cli.looked_at import looked_at
from summit_pipeline.report.explaining import (
    ClaimLine,
    Compared,
    Explanation,
    RelationLine,
    ValueLines,
)
from summit_pipeline.report.explaining_texts import (
    ClaimExplanation,
    DocumentExplanation,
    Evidence,
    Finding,
)

HOSTILE = "[bold]\x1b[2J\x07\u202ered\u0000[/bold] $3"


def claim(number: int, sentence: str, value: str) -> ClaimLine:
    return ClaimLine(
        claim_id=f"c{number}",
        locator=f"{HOSTILE} {number}.txt",
        outlet="o",
        origin=HOSTILE,
        origin_basis=HOSTILE,
        text_grade="spun",
        published="2024-05-04",
        value_text=value,
        sentence=sentence,
        start_char=7,
        end_char=9,
        rule="rule",
        confidence=0.9,
        vote="supports",
        scope=None,
        speaker=HOSTILE,
        is_repeat=False,
        is_witness=True,
    )


def side(**given: Any) -> Compared:
    plain: dict[str, Any] = {
        "value_text": "$14.1 billion", "low": 14.05e9, "high": 14.15e9, "unit": "USD",
        "start": None, "end": None, "scope": None, "scope_basis": None, "as_of": None,
        "as_of_basis": None, "speaker": None, "modality": "asserted", "polarity": 1,
        "text_grade": "clean",
    }  # fmt: skip
    return Compared(**plain | given)


def explanation(claims: int, sentence: str, value: str) -> Explanation:
    lines = tuple(claim(number, sentence, value) for number in range(claims))
    return Explanation(
        kind="disagreement",
        subject_id="d" * 16,
        story_title=HOSTILE,
        subject=HOSTILE,
        scope=HOSTILE,
        verdict="contradiction",
        rule="values_exclude",
        reason=HOSTILE,
        review="dismissed",
        review_reason=HOSTILE,
        values=(ValueLines("v", "f", value, "chosen", claims, 1, (HOSTILE,), lines),),
        pairs=(RelationLine("c0", "c1", "contradiction", "values_exclude", HOSTILE),),
        rivals=(),
        compared=(side(), side(scope=HOSTILE, speaker=HOSTILE, unit=HOSTILE)),
    )


def printed(told: Explanation, *, show_all: bool = False) -> str:
    console = Console(file=io.StringIO(), width=80)
    print_explanation(console, told, show_all=show_all)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_nothing_hostile_reaches_the_terminal() -> None:
    told = printed(explanation(2, f"He said {HOSTILE} today", HOSTILE))
    assert not set("\x1b\x07\x00\u202e") & set(told)
    assert "[bold]" in told


@pytest.mark.parametrize(
    "sentence", ["", "word " * 100_000, "x" * 500_000, "the value $3 stands here"]
)
def test_long_sentences_are_cut_around_the_words(sentence: str) -> None:
    told = printed(explanation(1, sentence, "$3"))
    assert "$3" in told
    assert len(told) < 4_000
    assert max(len(line) for line in told.splitlines()) <= 80


def test_many_claims_are_counted_and_shown_on_request() -> None:
    few = printed(explanation(40, "it is $3", "$3"))
    assert "... and 35 claims more (--all)" in few
    every = printed(explanation(40, "it is $3", "$3"), show_all=True)
    assert every.count("it is $3") == 40


@pytest.mark.parametrize(
    ("given", "name", "told"),
    [
        ({}, "means", "14,050,000,000 to 14,150,000,000 USD"),
        ({"low": 5.8, "high": 5.8, "unit": "percent"}, "means", "exactly 5.8 percent"),
        ({"high": None}, "means", "from 14,050,000,000 USD"),
        ({"low": None, "unit": None}, "means", "up to 14,150,000,000"),
        ({"start": date(2025, 2, 7), "end": date(2025, 2, 8)}, "means", "2025-02-07"),
        ({"start": date(2025, 2, 1), "end": date(2025, 3, 1)}, "means", "2025-02-01 to 2025-02-28"),
        ({}, "scope", "none stated"),
        ({"scope": "2024", "scope_basis": "inferred"}, "scope",
         "2024, inferred from an agreeing claim"),
        ({"as_of": date(2025, 2, 7), "as_of_basis": "publication"}, "holds for",
         "2025-02-07 (publication)"),
        ({"polarity": -1, "modality": "planned"}, "reality", "denied, planned"),
        ({"text_grade": "spun"}, "text", "graded spun"),
    ],
)  # fmt: skip
def test_what_the_rules_looked_at_is_told_of_both_sides(
    given: dict[str, Any], name: str, told: str
) -> None:
    assert (name, told) in {(n, first) for n, first, _ in looked_at((side(**given), side()))}


def test_what_is_as_usual_on_both_sides_is_left_out() -> None:
    bare = {"low": None, "high": None}
    assert [name for name, *_ in looked_at((side(**bare), side(**bare)))] == ["scope", "holds for"]
    assert looked_at(()) == []


def test_a_copy_is_told_as_one_voice_with_the_first() -> None:
    told = " ".join(printed(explanation(3, "it is $3", "$3")).split())
    assert told.count("; one voice with") == 2


def test_claims_and_documents_are_printed_as_text() -> None:
    console = Console(file=io.StringIO(), width=80)
    found = Finding("f" * 16, HOSTILE)
    one = ClaimExplanation(
        claim_id="c" * 16, document_id="d" * 16, locator=HOSTILE, outlet="o", published=None,
        is_current=False, text_grade="spun", before=HOSTILE, words=HOSTILE, after=HOSTILE,
        start_char=7, end_char=9, kind="money", rule="r", confidence=0.9, origin=HOSTILE,
        origin_basis=HOSTILE, fact=found, vote="supports", is_witness=False, is_repeat=False,
        disagreements=(found,) * 12,
    )  # fmt: skip
    two = DocumentExplanation(
        document_id="d" * 16, locator=HOSTILE, outlet="o", title=HOSTILE, published=None,
        withdrawn="2024-05-04", story_title=HOSTILE, origin=HOSTILE,
        origin_basis=HOSTILE, evidence=(Evidence("near_copy", HOSTILE, HOSTILE, HOSTILE, 0.5),),
        text_grade="spun", text_grade_reason=HOSTILE, issues=(("spun_phrase", 3),), claim_count=5,
        witness_count=1, review=None, disagreements=(found,),
    )  # fmt: skip
    print_claim(console, one, show_all=False)
    print_document(console, two, show_all=False)
    told = console.file.getvalue()  # type: ignore[attr-defined]
    assert not set("\x1b\x07\x00\u202e") & set(told)
    flat = " ".join(told.split())
    assert "supports the chosen value of its fact; not heard" in flat
    assert "... and 2 disagreements more (--all)" in flat
    assert "withdrawn since 2024-05-04" in flat
    assert "summit review dddddddd" in flat
