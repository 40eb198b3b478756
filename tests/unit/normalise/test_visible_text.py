"""HOSTILE_INPUTS, row 36: what changes on a page without the article changing makes no version."""

import pytest

from benchmarks.edits import makes_version
from benchmarks.made_edits import Case, made_cases
from summit_pipeline.ingest.fingerprints import fingerprint
from summit_pipeline.normalise.layout.visit_lines import is_visit_line
from summit_pipeline.normalise.visible_text import visible_text

PROSE = (
    "<p>The central bank raised its key rate to 4.5 percent on Thursday, citing inflation.</p>"
    "<p>“We will do what is needed,” Governor Maria Lopez said at a conference in Lisbon.</p>"
    "<p>Analysts had expected a smaller move of 0.25 points.</p>"
)
PAGES = {
    "bare": "<h1>Bank raises rate</h1>{prose}<p>Views: {count}</p><p>Sponsored: {advert}</p>"
    "<p>Last updated {at}</p>",
    "named": "<body><h1>Bank raises rate</h1>{prose}<div class='counter'>{count}</div>"
    "<div class='ad'>{advert}</div><div class='timestamp'>{at}</div></body>",
    "within": "<body><article><h1>Bank raises rate</h1><span class='ts'>{at}</span>"
    "<div class='ads'><p>{advert}</p></div>{prose}<p>{count} views</p></article></body>",
    "scripts": "<body><article><h1>Bank raises rate</h1>{prose}<script>var c={count}</script>"
    "<!-- {at} --><ins class='adsbygoogle' data-ad='{count}'>{advert}</ins></article></body>",
    "one line": "<body><article><h1>Bank raises rate</h1><p><span>By Jo Wu</span> <span>{at}</span>"
    " <span>{count} comments</span></p>{prose}<div>Advertisement: {advert}</div></article></body>",
}
VISIT = {"count": "7", "advert": "Buy shoes now at ShoeLand!", "at": "2025-02-07 10:00"}
OTHER = {"count": "98765", "advert": "Fly to Rome from just $99.", "at": "8 February 2025, 14:32"}


def text_hash(page: str, prose: str, visit: dict[str, str]) -> str:
    body = PAGES[page].format(prose=prose, **visit).encode()
    return fingerprint(visible_text(body, "text/html", None, None)).text_hash


@pytest.mark.parametrize("changed", VISIT)
@pytest.mark.parametrize("page", PAGES)
def test_row_36_counter_advert_and_stamp_make_no_version(page: str, changed: str) -> None:
    other = {**VISIT, changed: OTHER[changed]}
    assert text_hash(page, PROSE, VISIT) == text_hash(page, PROSE, other)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("old", "new"),
    [("4.5", "4.75"), ("Lopez", "Gomez"), ("smaller", "larger"), ("needed", "right")],
)
def test_row_36_another_word_in_the_article_makes_one(page: str, old: str, new: str) -> None:
    assert text_hash(page, PROSE, VISIT) != text_hash(page, PROSE.replace(old, new), VISIT)


@pytest.mark.parametrize("case", made_cases(120, seed=7), ids=lambda case: case.name)
def test_row_36_generated_edits(case: Case) -> None:
    assert makes_version(case) == case.is_new_version


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("You are visitor number 12,345", True),
        ("5,698 people are reading this", True),
        ("This page was last updated at 14:32 on Friday", True),
        ("Page generated in 0.03 seconds", True),
        ("Toll: 45", False),
        ("12 people were killed", False),
        ("He has 1,204 followers.", False),
        ("The vote was 45 to 12", False),
        ("1,234", False),
        ("Read this story now", False),
    ],
)
def test_lines_of_a_visit(line: str, expected: bool) -> None:
    assert is_visit_line(line) is expected


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 50_000 + b"The bank raised its rate.",
        b"<table><tr><td>" * 3_000 + b"The bank raised its rate.",
        b"<a><b><i>" * 20_000 + b"The bank raised its rate.",
        b"<p class='" + b"a " * 100_000 + b"'>The bank raised its rate.",
        b"&#" * 200_000 + b"The bank raised its rate.",
        b"<!--" * 100_000 + b"The bank raised its rate.",
        b"By A | " * 60_000,
    ],
)
def test_hostile_pages_have_a_text_too(body: bytes) -> None:
    visible_text(body, "text/html", None, "a title")


def test_what_is_no_text_has_no_words() -> None:
    assert visible_text(b"%PDF-1.7\x00\x01\x02" * 100, "text/html", None, None) == ""
