"""Feeds that are hostile or broken: each gets the reason that the rows of the list demand."""

import gzip
import json
import re
import time
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from summit_pipeline.ingest.addresses import address_notes, canonical_address
from summit_pipeline.ingest.feed_items import items_of_feed
from summit_pipeline.ingest.feed_model import Feed
from summit_pipeline.ingest.feeds import read_feed
from summit_pipeline.ingest.items import Item, Rejection
from summit_pipeline.ingest.parsing_child import Limits, ParsingChild
from summit_pipeline.ingest.sources import Source

SOURCE = Source(name="s", kind="feed", path=Path())


def rss(*items: str, head: str = "") -> bytes:
    return f"{head}<rss version='2.0'><channel>{''.join(items)}</channel></rss>".encode()


def reasons(feed: Feed) -> list[str]:
    return [fault.reason for fault in feed.faults]


def notes(feed: Feed) -> set[str]:
    return {note.split(":")[0] for entry in feed.entries for note in entry.notes}


GOOD = "<item><title>good</title><link>https://a.example/1</link></item>"


LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
BLOW_UP = f'<!DOCTYPE x [<!ENTITY a9 "{"x" * 50_000}">]>'


@pytest.mark.parametrize("head", [f'<!DOCTYPE x [<!ENTITY a0 "lol">{LAUGHS}]>', BLOW_UP])
def test_row_17_entities_of_a_dtd_stay_as_written(head: str) -> None:
    began = time.process_time()
    many = "&a9;" * 20_000
    feed = read_feed(rss(f"<item><title>&a9;</title><description>{many}</description></item>",
                         head=f'<?xml version="1.0"?>{head}'))  # fmt: skip
    assert time.process_time() - began < 1
    assert (feed.entries[0].title, feed.entries[0].text) == ("&a9;", many)
    assert "parse.dtd" in notes(feed)


@pytest.mark.parametrize(
    "dtd",
    [
        '<!DOCTYPE x [<!ENTITY f SYSTEM "{file}">]>',
        '<!doctype x [<!entity f system "{file}">]>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "{file}"> %p; <!ENTITY f "&#x25;p;">]>',
        '<!DOCTYPE x [<!ENTITY a "]>"><!ENTITY f SYSTEM "{file}">]>',
        '<!DOCTYPE x [<!-- ]> --><!ENTITY f SYSTEM "{file}">]>',
        '<!DOCTYPE a><!DOCTYPE x [<!ENTITY f SYSTEM "{file}">]>',
        '<!DOCTYPE x SYSTEM "{file}">',
        '<!DOCTYPE x PUBLIC "-//W3C//X" "{http}">',
    ],
)
def test_row_18_no_file_or_address_is_read_for_a_dtd(
    dtd: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.write_text('MARKER<!ENTITY f "MARKER">')
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("was connected"))
    head = dtd.format(file=secret.as_uri(), http="http://127.0.0.1:9/x.dtd")
    feed = read_feed(rss("<item><title>a &f;</title></item>", head=head))
    assert "MARKER" not in repr(feed)
    assert len(feed.entries) == 1


def test_row_19_a_parser_that_hangs_is_killed_and_the_next_feed_read() -> None:
    attributes = " ".join(f'a{n}="x"' for n in range(100_000))
    with ParsingChild(Limits(seconds=1)) as child:
        feed = child.feed(rss(f"<item {attributes}><title>x</title></item>"))
        assert reasons(feed) == ["parse.timeout"]
        assert child.feed(rss(GOOD)).entries[0].title == "good"


def test_a_parser_that_takes_too_much_memory_costs_one_feed() -> None:
    with ParsingChild(Limits(memory_bytes=30_000_000)) as child:
        assert reasons(child.feed(rss("<item><title>" + "x" * 20_000_000))) == ["parse.memory"]
        assert child.feed(rss(GOOD)).entries[0].title == "good"


def test_row_20_items_above_the_limit_are_counted_and_told() -> None:
    item = "<item><title>t{0}</title><link>https://a.example/{0}</link></item>"
    body = rss(*(item.format(n) + " " * 100 for n in range(50_000)))
    assert len(body) > 8_000_000
    with ParsingChild() as child:
        feed = child.feed(body)
    assert [len(feed.entries), feed.unread, feed.entries[-1].title] == [5_000, 45_000, "t4999"]
    seen = list(items_of_feed(feed, SOURCE, "feed.xml", body))
    assert isinstance(seen[-1], Rejection)
    assert seen[-1].reason == "parse.too_many_items"
    assert "45,000 more were not" in seen[-1].detail


@pytest.mark.parametrize("over", [0, 1])
def test_row_20_at_the_limit(over: int) -> None:
    feed = read_feed(rss("<item><title>t</title></item>" * 4_999, "<item/>" * (1 + over)))
    assert (len(feed.entries), feed.unread) == (5_000, over)
    cut = rss("<item><title>t</title></item>" * (5_000 + over)).removesuffix(b"</channel></rss>")
    feed = read_feed(cut + b"<item><title>half")
    assert (len(feed.entries), feed.unread) == (5_000, over)
    assert [(f.reason, f.position) for f in feed.faults] == [
        ("parse.incomplete_item", 5_001 + over)
    ]


def test_row_20_in_json() -> None:
    items = [{"id": str(n), "content_text": "x"} for n in range(5_100)]
    written = json.dumps({"version": "https://jsonfeed.org/version/1", "items": items})
    feed = read_feed(written.encode())
    assert [len(feed.entries), feed.unread] == [5_000, 100]


def test_row_21_depth_is_bounded() -> None:
    assert reasons(read_feed(b"<rss><channel>" + b"<a>" * 200_000)) == ["parse.depth"]


@pytest.mark.parametrize(
    ("opened", "closed"),
    [("&lt;div&gt;", ""), ("<![CDATA[" + "<div>", "]]>"), ("<div>", "</div>")],
)
def test_row_21_a_deep_description_costs_little(opened: str, closed: str) -> None:
    if opened.startswith("<![CDATA["):
        deep = "<![CDATA[" + "<div>" * 100_000 + "]]>"
    else:
        deep = opened * 100_000 + closed * 100_000
    began = time.process_time()
    feed = read_feed(rss(f"<item><title>t</title><description>{deep}</description></item>"))
    assert time.process_time() - began < 2
    assert len(feed.entries) == 1 or reasons(feed) == ["parse.depth"]


def test_row_22_fields_are_cut_and_the_cut_is_noted() -> None:
    item = "<item><title>{}</title><link>https://a.example/{}</link><description>{}</description></item>"
    feed = read_feed(rss(item.format("x" * 20_000_000, "y" * 100_000, "z" * 2_000_001)))
    entry = feed.entries[0]
    assert (len(entry.title or ""), len(entry.url or "")) == (1_000, 2_048)
    assert len(entry.text) == 2_000_000
    assert entry.notes == ("text.truncated: title, url, text",)


@pytest.mark.parametrize("cut", ["<item><title>ha", "<item><title>half</title><desc", "<item "])
def test_row_23_the_item_cut_off_is_quarantined_and_whole_ones_kept(cut: str) -> None:
    feed = read_feed(f"<rss version='2.0'><channel>{GOOD}{cut}".encode())
    assert [entry.title for entry in feed.entries] == ["good"]
    assert reasons(feed) == ["parse.incomplete_item"]


def test_row_23_json() -> None:
    text = '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1"}, {"id": "2", "ti'
    feed = read_feed(text.encode())
    assert [entry.guid for entry in feed.entries] == ["1"]
    assert reasons(feed) == ["parse.incomplete_item"]


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><html><head><title>Just a moment...</title></head></html>",
        b"%PDF-1.7", b"\xff\xd8\xff\xe0", gzip.compress(b"<rss/>"), b"Not Found",
        b'{"error": 404}', b"[1, 2]", b"null", b"<", b"<?xml version='1.0'?>", bytes(100),
        b"<?xml version='1.0'?><urlset><url/></urlset>",
    ],
)  # fmt: skip
def test_row_24_other_things_are_no_feed(body: bytes) -> None:
    feed = read_feed(body)
    assert reasons(feed) == ["parse.not_a_feed"]
    assert feed.entries == ()


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (b"<rss version='2.0'><channel><title>x</title></channel></rss>", "rss20"),
        (b"<rss version='2.0'><channel/></rss>", "rss20"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title></feed>", "atom10"),
        (b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
         b' xmlns="http://purl.org/rss/1.0/"><channel/></rdf:RDF>', "rss10"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "jsonfeed"),
    ],
)  # fmt: skip
def test_row_25_a_feed_without_items_is_no_fault(body: bytes, form: str) -> None:
    feed = read_feed(body)
    assert (feed.form, feed.entries, feed.faults) == (form, (), ())


@pytest.mark.parametrize(
    "item",
    [
        "[" * 100_000, '{"a":' * 100_000, '{"id": ' + "1" * 100_000 + "}", '{"id": NaN}',
        '{"id": -Infinity}', "5", "null", "[1]", '{"title": ["a"]}', '{"title": {"a": 1}}',
        '{"id": "1", "id": "2"}', '{"id": "1" "url": "2"}', "{id: 1}", '{"id": "a\nb"}',
    ],
)  # fmt: skip
def test_row_26_a_bad_item_of_a_json_feed_costs_itself(item: str) -> None:
    item += {"[": "]", "{": "}"}[item[0]] * 100_000 if len(item) in (100_000, 500_000) else ""
    text = f'{{"version": "https://jsonfeed.org/version/1", "items": [{item}, {{"id": "ok"}}]}}'
    feed = read_feed(text.encode())
    assert reasons(feed) == ["parse.bad_item"]
    assert [entry.guid for entry in feed.entries] == ["ok"]


def test_row_27_latin_1_declared_as_utf_8_is_decoded_and_noted() -> None:
    head = '<?xml version="1.0" encoding="utf-8"?>'
    items = "<item><title>Le café était fermé, à côté du musée</title></item>"
    feed = read_feed(rss(items, head=head).decode().encode("latin-1"))
    assert feed.entries[0].title == "Le café était fermé, à côté du musée"
    (note,) = feed.entries[0].notes
    assert re.fullmatch(r"text\.charset_guess: cp1252 [0-9a-f]{16}, utf-8 [0-9a-f]{16}", note)


def test_row_28_quotes_of_windows_declared_as_latin_1_are_quotes() -> None:
    head = '<?xml version="1.0" encoding="iso-8859-1"?>'
    body = rss("<item><title>He said “no”</title></item>", head=head).decode().encode("cp1252")
    assert read_feed(body).entries[0].title == "He said “no”"


def test_row_28_references_to_quotes_of_windows_are_quotes() -> None:
    item = "<item><title>é &#147;no&#148;</title><description>&#x93;x&#x94;</description></item>"
    (entry,) = read_feed(rss(item)).entries
    assert (entry.title, entry.text) == ("é “no”", "“x”")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_row_29_wide_encodings_are_read_with_and_without_a_mark(encoding: str) -> None:
    head = '<?xml version="1.0"?>'
    body = rss("<item><title>Grüße aus “Köln”</title></item>", head=head).decode()
    assert read_feed(body.encode(encoding)).entries[0].title == "Grüße aus “Köln”"


@pytest.mark.parametrize("name", ["UTF-7", "utf7", "Unicode-1-1-UTF-7", "utf_7", "U7"])
def test_row_29_utf_7_is_refused(name: str) -> None:
    item = "<item><title>+ADw-b</title></item>"
    stated = rss(item, head=f'<?xml version="1.0" encoding="{name}"?>')
    assert reasons(read_feed(stated)) == ["text.charset_refused"]
    assert reasons(read_feed(rss(item), name)) == ["text.charset_refused"]


@pytest.mark.parametrize("wrongly", ["cp1252", "latin-1"])
def test_row_29_doubly_encoded_text_is_kept_as_delivered(wrongly: str) -> None:
    delivered = "Beyoncé in Köln".encode().decode(wrongly)
    feed = read_feed(rss(f"<item><title>{delivered}</title></item>"))
    assert feed.entries[0].title == delivered


def test_row_29_two_encodings_in_one_feed_cost_no_item_and_no_byte() -> None:
    one, other = (f"<item><title>café {n}</title></item>" for n in (1, 2))
    body = rss("[]").replace(b"[]", one.encode() + other.encode("cp1252"))
    feed = read_feed(body)
    assert [entry.title for entry in feed.entries] == ["cafÃ© 1", "café 2"]
    assert "text.charset_guess" in notes(feed)


UNCLOSED = (
    "<item><title>good</title><description><![CDATA[an end <b>is</b> lacking</description></item>"
)
CLOSED = "<item><title>good</title><description><![CDATA[x]]></description></item>"


@pytest.mark.parametrize(
    ("head", "items", "tail"),
    [
        ("", ["<item><title>good &nosuch; thing</title></item>"], ""),
        ("", ["<item><title>good & plain</title></item>"], ""),
        ("", ["<item><title>good</title><link>https://a.example/?a=1&b=2</link></item>"], ""),
        ("", [GOOD], "<junk/>"),
        ("", [GOOD], "junk after the root </rss>"),
        ("<?xml<?xml version='1.0'?>", [GOOD], ""),
        ("\n\n <?xml version='1.0'?>", [GOOD.replace("good", "good<b>")], ""),
        ("", [UNCLOSED, GOOD], ""),
        ("", [GOOD, UNCLOSED], ""),
        ("", [UNCLOSED, CLOSED], ""),
        ("", [CLOSED, UNCLOSED, CLOSED, GOOD], ""),
        ("", [GOOD.replace("good", "good&#xD800;&#0;&#99999999999;")], ""),
        ("", [GOOD.replace("good", "good\x00\x08")], ""),
    ],
)
def test_row_30_ill_formed_feeds_are_recovered_and_say_so(
    head: str, items: list[str], tail: str
) -> None:
    feed = read_feed(rss(*items, head=head) + tail.encode())
    assert len(feed.entries) == len(items)
    assert all((entry.title or "").startswith("good") for entry in feed.entries)
    assert notes(feed) == {"parse.recovered"}
    assert [e.text for e in feed.entries if "lacking" in e.text] == [
        "an end <b>is</b> lacking" for item in items if item == UNCLOSED
    ]


def test_a_section_that_speaks_of_feeds_is_whole() -> None:
    item = "<item><title>t</title><description><![CDATA[&lt;/item> ends it]]></description></item>"
    assert notes(read_feed(rss(item, GOOD))) == set()


def test_items_that_no_parser_can_read_are_told_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("summit_pipeline.ingest.feeds.parsed_entries", lambda text: ("", [], None))
    monkeypatch.setattr("summit_pipeline.ingest.feeds.rescued_entries", lambda *_: [])
    feed = read_feed(rss(GOOD, GOOD))
    assert [(f.reason, f.position, f.head) for f in feed.faults] == [
        ("parse.bad_item", n, GOOD.encode()) for n in (1, 2)
    ]


@pytest.mark.parametrize(
    "marks",
    ["<d><![CDATA[</d>", "<d><![CDATA[</item></d>", "<![CDATA[</item>", "<a ", "<![CDATA[", "&#",
     "<!--", "<item>", "</item>", "<!DOCTYPE ", "<?", "<item><title>", "<a:b:c xmlns:a='", "&lt;"],
)  # fmt: skip
def test_many_marks_cost_time_in_step(marks: str) -> None:
    began = time.process_time()
    read_feed(rss(GOOD, marks * 10_000))
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "date",
    ["2025-02-30", "Fri, 07 Feb 2025 25:61:00 GMT", "1" * 5_000, "", "vendredi 7 février 2025",
     "Fri, 07 Feb 2025 12:00:00 +99:00", "07/02/2025", "1970-01-01", "2125-01-01T00:00:00Z"],
)  # fmt: skip
@pytest.mark.parametrize("form", ["<pubDate>{}</pubDate>", "<dc:date>{}</dc:date>"])
def test_rows_31_to_33_a_date_is_kept_as_written(date: str, form: str) -> None:
    head = '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
    body = f"{head}<item><title>t</title>{form.format(date)}</item></channel></rss>".encode()
    (entry,) = read_feed(body).entries
    assert entry.published == (date[:200] or None)


BAD_LINKS = [
    "javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "file:///etc/passwd", "/relative",
    "page.html", "http://a\r\nX: y", "//h/p", "http:///p", "http://[::1",
]  # fmt: skip


@pytest.mark.parametrize("link", BAD_LINKS)
def test_row_38_links_that_are_no_web_addresses_are_text(link: str) -> None:
    assert address_notes(link) == ("url.scheme",)
    assert canonical_address(link) is None
    atom = f"<entry><title>t</title><link href={quoteattr(link)}/></entry>"
    written = {"version": "https://jsonfeed.org/version/1", "items": [{"title": "t", "url": link}]}
    for body in (
        rss(f"<item><title>t</title><link>{link}</link></item>"),
        f"<feed xmlns='http://www.w3.org/2005/Atom'>{atom}</feed>".encode(),
        json.dumps(written).encode(),
    ):
        (item,) = items_of_feed(read_feed(body), SOURCE, "feed.xml", body)
        assert isinstance(item, Item)
        assert "url.scheme" in item.notes
        assert (item.url or "").split() == link.split()


def test_a_relative_link_is_joined_to_the_base_that_the_feed_states() -> None:
    links = "<link rel='alternate' href='/p?a=1&amp;b=2'/>"
    body = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/blog/'>"
        f"<entry><title>t</title>{links}</entry></feed>"
    )
    assert read_feed(body.encode()).entries[0].url == "https://a.example/p?a=1&b=2"
