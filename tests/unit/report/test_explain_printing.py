"""`summit explain` prints what sources write as text: no markup, nothing that a terminal obeys."""

import io

import pytest
from rich.console import Console

from summit_pipeline.cli.explain import print_explanation
from summit_pipeline.report.explaining import ClaimLine, Explanation, RelationLine, ValueLines
from summit_pipeline.report.subjects import Subject

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
    )


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
    )


def printed(told: Explanation, *, show_all: bool = False) -> str:
    console = Console(file=io.StringIO(), width=80)
    print_explanation(console, told, Subject("disagreement", told.subject_id), show_all=show_all)
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
