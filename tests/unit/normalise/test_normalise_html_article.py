"""Which of a page's text is its article, whatever its elements are called."""

import pytest

from summit_pipeline.normalise.html.html_elements import is_hidden
from summit_pipeline.normalise.html.html_tags import attributes
from summit_pipeline.normalise.pipeline import clean_text

BODY = "".join(
    f"<p>The council agreed on point {n} after a long debate, and the mayor signed it.</p>"
    for n in range(1, 5)
)
NAV = "<ul>" + "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(9)) + "</ul>"
TEASERS = "".join(
    f"<li><a href='/{n}'>Another story</a> The teaser of it tells how the club lost again.</li>"
    for n in range(6)
)
COMMENTS = "".join(
    f"<p>Reader {n} here: I have never heard such a thing in all my life, to be honest.</p>"
    for n in range(9)
)
FEW_COMMENTS = COMMENTS[: COMMENTS.index("<p>Reader 2")]


def _kept(page: str) -> str:
    return clean_text(f"<html><body>{page}</body></html>".encode(), "text/html").layer.text


@pytest.mark.parametrize(
    "page",
    [
        f"{NAV}<div class='story'>{BODY}</div>{NAV}",
        f"{NAV}<div class='sidebar-wrap widget'>{BODY}</div>",  # the only prose there is
        f"<form id='aspnetForm'>{NAV}<div>{BODY}</div></form>",
        f"<div class='story'>{BODY}</div><ul class='related'>{TEASERS}</ul>",
        f"<h2>Latest news</h2><ul>{TEASERS}</ul><div>{BODY}</div>",
        f"<div>{BODY}</div><div><h3>2 Comments</h3>{FEW_COMMENTS}</div>",
        f"<div>{BODY}</div><div id='comments'>{COMMENTS}</div>",
        f"<div style='opacity: 0'>{BODY}</div>{NAV}",  # shown by a script
        f"<div><img alt='Don't' data-x='y'>{BODY}</div>{NAV}",  # a stray quotation mark
    ],
)
def test_the_article_is_kept_and_nothing_else(page: str) -> None:
    text = _kept(page)
    assert text.count("The council agreed") == 4
    assert "Section" not in text
    assert "teaser" not in text
    assert "Reader" not in text


def test_title_and_standfirst_outside_the_article_are_kept() -> None:
    head = (
        "<h1>Council agrees at last</h1><div><p>Four points were open for a whole year.</p></div>"
    )
    text = _kept(f"{NAV}<header>{head}</header><div class='text'>{BODY}</div>")
    assert text.startswith("Council agrees at last\nFour points were open for a whole year.\n")


def test_a_line_that_is_one_link_is_cut_but_a_linked_sentence_stays() -> None:
    link = "<p><a href='/x'>Mayor loses vote in the north</a></p>"
    sentence = "<p><a href='/y'>The mayor had lost a vote in the north before.</a></p>"
    text = _kept(f"<div>{BODY}{link}{sentence}{BODY}</div>")
    assert "Mayor loses vote" not in text


@pytest.mark.parametrize(
    ("tag", "hidden"),
    [
        ('style="font-size:0"', True),
        ('style="font-size: 0px"', True),
        ('style="font-size:0.9em"', False),
        ('style="color:#fff;background:#ffffff"', True),
        ('style="color: white; background-color: rgb(255, 255, 255)"', True),
        ('style="color:#fff;background:#000"', False),
        ('style="position:absolute;left:-9999px"', True),
        ('style="opacity:0.5"', False),
        ('style="visibility : hidden"', True),
        ('aria-hidden="true"', True),
        ('aria-hidden="false"', False),
        ("hidden", True),
        ("", False),
    ],
)
def test_hidden_elements(tag: str, hidden: bool) -> None:
    assert is_hidden(attributes(tag)) is hidden


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("It cost ５００ euros.", ["５００"]),
        ("About 1О0 people, or 2,0ОО.", ["1О0", "2,0ОО"]),  # Cyrillic letters
        ("About 100 people in 3 rooms, 2,000 in all.", []),
        ("Κ 2 and Ο 3 are names of rooms.", []),
    ],
)
def test_figures_that_only_look_like_digits_are_flagged_and_kept(
    text: str, flagged: list[str]
) -> None:
    clean = clean_text(text.encode(), "text/plain")
    found = [clean.raw[f.start : f.end] for f in clean.findings if f.rule == "look_alike_digit"]
    assert found == flagged
    assert clean.layer.text == text
