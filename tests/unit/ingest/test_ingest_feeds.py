"""Feeds of every form give the same entries; what cannot be used is told item by item."""

import pytest

from summit_pipeline.ingest.feed_items import items_of_feed
from summit_pipeline.ingest.feed_model import Feed
from summit_pipeline.ingest.feed_outline import outline
from summit_pipeline.ingest.feeds import read_feed
from summit_pipeline.ingest.items import Item, Rejection
from summit_pipeline.ingest.sources import Source

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Daily</title>
<item><title>Bid &amp; merger</title><link>https://d.example/1?utm_source=rss</link>
<guid isPermaLink="false">n-1</guid><pubDate>Fri, 07 Feb 2025 12:00:00 GMT</pubDate>
<description>&lt;p&gt;It offered $4.41 billion.&lt;/p&gt;</description></item>
</channel></rss>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="x"><title>Daily</title></channel>
<item rdf:about="n-1"><title>Bid &amp; merger</title><link>https://d.example/1?utm_source=rss</link>
<description>&lt;p&gt;It offered $4.41 billion.&lt;/p&gt;</description>
<dc:date>2025-02-07T12:00:00Z</dc:date></item></rdf:RDF>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Daily</title><id>d</id>
<entry><id>n-1</id><title type="html">Bid &amp;amp; merger</title>
<link rel="alternate" href="https://d.example/1?utm_source=rss"/>
<updated>2025-02-07T12:00:00Z</updated>
<content type="html">&lt;p&gt;It offered $4.41 billion.&lt;/p&gt;</content></entry></feed>"""

JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Daily", "items": [{"id": "n-1",
"url": "https://d.example/1?utm_source=rss", "title": "Bid & merger",
"content_html": "<p>It offered $4.41 billion.</p>", "date_published": "2025-02-07T12:00:00Z"}]}"""

SOURCE = Source(name="s", kind="feed", path=None)  # type: ignore[arg-type]


def seen(feed: Feed) -> list[object]:
    return list(items_of_feed(feed, SOURCE, "feed.xml", b""))


@pytest.mark.parametrize("text", [RSS, RDF, ATOM, JSON], ids=["rss", "rdf", "atom", "json"])
def test_every_form_gives_the_same_item(text: str) -> None:
    (item,) = seen(read_feed(text.encode()))
    assert isinstance(item, Item)
    assert item.title == "Bid & merger"
    assert item.body == b"<p>It offered $4.41 billion.</p>"
    assert item.media_type == "text/html"
    assert (item.url, item.outlet) == ("https://d.example/1?utm_source=rss", "d.example")
    assert item.published in ("Fri, 07 Feb 2025 12:00:00 GMT", "2025-02-07T12:00:00Z")
    if text != RDF:
        assert (item.identity, item.identity_basis) == ("n-1", "guid")


def rss(*items: str) -> bytes:
    return f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>".encode()


def test_an_entry_without_title_and_text_is_no_item() -> None:
    (named, empty) = seen(
        read_feed(
            rss("<item><title>t</title></item>", "<item><link>https://a.example/4</link></item>")
        )
    )
    assert isinstance(named, Item)
    assert isinstance(empty, Rejection)
    assert empty.reason == "parse.no_text"


def test_elements_that_no_field_is_made_of_change_nothing() -> None:
    inner = "<name>N</name><title>not the title</title><id>no</id>"
    extra = f"<author>{inner}</author><category>c</category><dc:creator>C</dc:creator>"
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<entry>{extra}<id>1</id><title>T</title>{extra}"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        "<p>by <author>A</author></p></div></content>"
        f"</entry><entry>{extra}<id>2</id><title>U</title></entry></feed>"
    )
    first, second = read_feed(body.encode()).entries
    assert (first.guid, first.title, first.text) == ("1", "T", "<p>by <author>A</author></p>")
    assert (second.guid, second.title) == ("2", "U")


def test_an_empty_media_title_does_not_hide_the_title() -> None:
    feed = read_feed(
        b'<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><item>'
        b"<title>Real</title><media:title></media:title></item></channel></rss>"
    )
    assert feed.entries[0].title == "Real"


def test_the_outline_steps_over_what_only_looks_like_items() -> None:
    text = "<rss><channel><!-- <item> --><item><d><![CDATA[</item>]]></d></item><item/>"
    plan = outline(text)
    assert [text[s:e] for s, e in plan.items] == [
        "<item><d><![CDATA[</item>]]></d></item>",
        "<item/>",
    ]
    assert plan.open_elements == ("rss", "channel")
    assert plan.open_item is None
