"""Whole pages: the article's words with their places in the source, nothing that is not shown."""

import pytest

from summit_pipeline.normalise.pipeline import CleanText, clean_text

PAGE = """<!DOCTYPE html><html><head><title>Ministers agree on fishing - Example News</title>
<meta property="article:published_time" content="2025-02-07T20:15:00+01:00">
<style>p{color:red}</style>
<script type="application/ld+json">{"datePublished":"2025-02-07T19:15:00Z"}</script></head>
<body><nav><ul><li>Home</li></ul></nav><article><h1>Ministers agree on&nbsp;fishing</h1>
<p class="byline">By Jane Doe, Associated Press</p>
<figure><figcaption>Boats in the harbour. (AP Photo/John Roe)</figcaption></figure>
<p>BRUSSELS (AP) &mdash; The ministers <b>agreed</b> on
   Monday &amp; shook hands.</p>
<p style="display:none">The deficit is $999 billion.</p><div aria-hidden="true">unseen</div>
<h2>What comes next</h2>
<p>Boats will sail again soon, they said. &ldquo;It is done,&rdquo; she said.</p>
<blockquote class="twitter-tweet"><p>We did it! <a href="x">pic.twitter.com/abcdef</a></p>&mdash;
Jane (@jane) <a>March 3, 2024</a></blockquote>
<ul><li>Point one is made in the list here.</li></ul>
<div class="related-posts"><p>Other story you may like</p></div></article>
<aside>Most read</aside><footer>Copyright 2025</footer></body></html>"""


@pytest.fixture
def page() -> CleanText:
    return clean_text(PAGE.encode(), "text/html")


def test_parts_of_a_page(page: CleanText) -> None:
    found = [(s.part, page.layer.text[s.clean_start : s.clean_end]) for s in page.sentences]
    assert found == [
        ("title", "Ministers agree on fishing"),
        ("caption", "Boats in the harbour."),
        ("body", "The ministers agreed on Monday & shook hands."),
        ("subhead", "What comes next"),
        ("body", "Boats will sail again soon, they said."),
        ("body", "“It is done,” she said."),
        ("embed", "We did it!"),
        ("bullet", "Point one is made in the list here."),
    ]


def test_sentences_lead_back_to_the_source(page: CleanText) -> None:
    body = next(s for s in page.sentences if s.part == "body")
    span = page.layer.to_raw(body.clean_start, body.clean_end)
    assert PAGE[span.start : span.end].startswith("The ministers <b>agreed</b>")
    assert PAGE[span.start : span.end].endswith("hands.")


def test_hidden_text_is_told_and_not_read(page: CleanText) -> None:
    hidden = [page.raw[f.start : f.end] for f in page.findings if f.kind == "hidden_text"]
    assert hidden == ["The deficit is $999 billion.", "unseen"]
    assert "999" not in page.layer.text


def test_what_the_page_states_of_itself(page: CleanText) -> None:
    assert page.title == "Ministers agree on fishing"
    assert page.dateline_place == "BRUSSELS"
    assert page.page_dates[0] == ("meta article:published_time", "2025-02-07T20:15:00+01:00")
    assert page.credit_lines == ("By Jane Doe, Associated Press",)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>a &lt;b&gt; c", "a <b> c"),
        ("<p title='>'>one</p>two", "one\ntwo"),
        ("no tag < at all", "no tag < at all"),
        ("<p>one<script>x</p>", "one"),
        ("</div></p>One.", "One."),
        ("<p>One.<!-- two", "One."),
        ("<title>Only a title", "Only a title"),
        ("<style>p</style>", ""),
    ],
)
def test_broken_pages_keep_their_words(page: str, text: str) -> None:
    assert clean_text(page.encode(), "text/html").layer.text == text


def test_a_page_that_names_no_article_is_read_whole() -> None:
    clean = clean_text(
        b"<body><div><p>First words.</p><p>Second words.</p></div></body>", "text/html"
    )
    assert clean.layer.text == "First words.\nSecond words."


def test_a_teaser_in_an_article_element_does_not_hide_the_text() -> None:
    teaser = "<article><p>Short.</p></article>"
    body = "<div>" + "<p>The text goes on for a long time here.</p>" * 20 + "</div>"
    assert "goes on" in clean_text((teaser + body).encode(), "text/html").layer.text
