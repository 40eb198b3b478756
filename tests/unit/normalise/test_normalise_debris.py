"""Debris on pages: every kind of line by its case, parts, repeats, truncation, the seeds' marks."""

import json
from pathlib import Path

import pytest

from summit_pipeline.normalise.about.datelines import find_dateline
from summit_pipeline.normalise.pipeline import CleanText, clean_text

CASES = json.loads((Path(__file__).parents[2] / "cases" / "debris_lines.json").read_text("utf-8"))
MARKED = [
    pytest.param(c, marks=pytest.mark.xfail(reason=c["known_failure"]))
    if "known_failure" in c
    else c
    for c in CASES
]
BODY = "The council met for five hours on Tuesday and agreed on nothing, a clerk said."
MORE = "Nobody could say when the members would sit down together again, he added."


def read(*lines: str) -> CleanText:
    return clean_text("\n".join(lines).encode(), "text/plain")


def parts(clean: CleanText) -> list[tuple[str, str]]:
    return [(s.part, clean.layer.text[s.clean_start : s.clean_end]) for s in clean.sentences]


@pytest.mark.parametrize("case", MARKED, ids=lambda c: c["line"][:40])
def test_lines_inside_an_article(case: dict[str, str | None]) -> None:
    clean = read(BODY, str(case["line"]), MORE)
    kinds = {f.kind for f in clean.findings}
    assert kinds == ({case["kind"]} if case["kind"] else set())
    assert BODY in clean.layer.text
    assert MORE in clean.layer.text


def test_bullets_that_repeat_the_body_are_marked_and_kept() -> None:
    clean = read(
        "What to know",
        "• The council met for five hours on Tuesday",
        "• Rain is expected in the north",
        BODY,
        MORE,
    )
    repeated = [clean.raw[f.start : f.end] for f in clean.findings if f.kind == "repeated"]
    assert repeated == ["• The council met for five hours on Tuesday"]
    assert parts(clean)[0] == ("bullet", "The council met for five hours on Tuesday")
    assert parts(clean)[1][0] == "bullet"


def test_a_title_above_the_body_and_a_heading_inside_it() -> None:
    clean = read("Council fails to agree", "", BODY, "A long night", MORE)
    assert [p for p, _ in parts(clean)] == ["title", "body", "subhead", "body"]
    assert clean.title == "Council fails to agree"


def test_a_first_line_that_is_a_sentence_is_no_title() -> None:
    assert read(BODY, MORE).title is None


def test_a_post_keeps_its_words_and_loses_its_furniture() -> None:
    clean = read(
        BODY,
        "“We tried everything.” –Mayor Roe pic.twitter.com/AbCd12",
        "— Mayor Roe (@roe) May 1, 2023",
        MORE,
    )
    assert ("embed", "“We tried everything.”") in parts(clean)
    assert "pic.twitter" not in clean.layer.text
    assert "@roe" not in clean.layer.text


@pytest.mark.parametrize(
    ("line", "place", "rest"),
    [
        ("WASHINGTON – The bill", "WASHINGTON", "The bill"),
        ("LAKE HAVASU CITY, Ariz. (Reuters) - The bill", "LAKE HAVASU CITY, Ariz.", "The bill"),
        ("Paris (AFP) – The bill", "Paris", "The bill"),
        ("NEW DELHI, Feb 7 (PTI) The bill", None, None),
        ("LONDON, Feb. 7 (Reuters) - The bill", "LONDON", "The bill"),
        ("(AP) — The bill", None, "The bill"),
        ("ON THE PRESIDENT'S AGENDA - The bill", None, None),
        ("BREAKING — The bill", None, None),
        ("CO-OPERATION is near", None, None),
        ("Trump – the president – said", None, None),
    ],
)
def test_datelines(line: str, place: str | None, rest: str | None) -> None:
    found = find_dateline(line, 0, len(line))
    assert (found.place if found else None) == place
    assert (line[found.span.end :] if found else None) == rest


@pytest.mark.parametrize(
    ("last", "is_cut"),
    [
        ("The members of it then went home because the", True),
        ("The members then went home to their families in the early hours… [+2314 chars]", True),
        ("The members then went home to their families and slept…", True),
        ("The members then went home to their families and slept.", False),
        ("Contact the writer of this story at jane.doe@example.com", False),
        ("Jane Doe", False),
    ],
)
def test_truncation(last: str, is_cut: bool) -> None:
    kinds = {f.kind for f in read(BODY, MORE, BODY.replace("five", "six"), last).findings}
    assert ("truncated" in kinds) == is_cut


def test_hard_wrapped_paragraphs_are_joined() -> None:
    clean = read(
        "The council met for five hours on Tuesday and",
        "agreed on nothing, a clerk said. Nobody could",
        "say when the members would sit down together.",
    )
    assert "and agreed on nothing" in clean.layer.text
    assert len(clean.sentences) == 2


def test_markdown_loses_its_marks() -> None:
    body = (
        f"# Council fails to agree\n\n**Berlin** and [Paris](https://a.b/c) met. {BODY}\n\n{MORE}"
    )
    clean = clean_text(body.encode(), "text/markdown")
    assert clean.layer.text.splitlines()[:2] == [
        "Council fails to agree",
        f"Berlin and Paris met. {BODY}",
    ]
