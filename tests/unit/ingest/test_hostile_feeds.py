"""Feeds that are hostile or broken: each gets the reason that the rows of the list demand."""

import json
import time
from pathlib import Path

import pytest

from summit_pipeline.ingest.feed_model import Feed
from summit_pipeline.ingest.feeds import read_feed
from summit_pipeline.ingest.parsing_child import Limits, ParsingChild


def rss(*items: str, head: str = "") -> bytes:
    return f"{head}<rss version='2.0'><channel>{''.join(items)}</channel></rss>".encode()


def reasons(feed: Feed) -> list[str]:
    return [fault.reason for fault in feed.faults]


def notes(feed: Feed) -> set[str]:
    return {note.split(":")[0] for entry in feed.entries for note in entry.notes}


GOOD = "<item><title>good</title><link>https://a.example/1</link></item>"


def test_row_17_entities_of_a_dtd_stay_as_written() -> None:
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "lol">{entities}]>'
    began = time.process_time()
    feed = read_feed(rss("<item><title>&a9;</title></item>", head=head))
    assert time.process_time() - began < 1
    assert feed.entries[0].title == "&a9;"
    assert "parse.dtd" in notes(feed)


def test_row_18_no_file_is_read_for_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("MARKER")
    head = f'<!DOCTYPE x [<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
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


def test_row_20_items_above_the_limit_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("feeds", "feeds_json"):
        monkeypatch.setattr(f"summit_pipeline.ingest.{module}.MAX_ITEMS", 50)
    feed = read_feed(rss(*(f"<item><title>t{n}</title></item>" for n in range(500))))
    assert [len(feed.entries), feed.unread, feed.entries[-1].title] == [50, 450, "t49"]
    items = [{"id": str(n), "content_text": "x"} for n in range(500)]
    written = json.dumps({"version": "https://jsonfeed.org/version/1", "items": items})
    assert read_feed(written.encode()).unread == 450


def test_row_21_depth_is_bounded() -> None:
    assert reasons(read_feed(b"<rss><channel>" + b"<a>" * 200_000)) == ["parse.depth"]
    deep = "&lt;div&gt;" * 100_000
    feed = read_feed(rss(f"<item><title>t</title><description>{deep}</description></item>"))
    assert len(feed.entries) == 1


def test_row_22_fields_are_cut_and_the_cut_is_noted() -> None:
    long = "<item><title>{}</title><link>https://a.example/{}</link></item>"
    feed = read_feed(rss(long.format("x" * 20_000_000, "y" * 100_000)))
    entry = feed.entries[0]
    assert (len(entry.title or ""), len(entry.url or "")) == (1_000, 2_048)
    assert entry.notes == ("text.truncated: title, url",)


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
        b"%PDF-1.7", b"\xff\xd8\xff\xe0", b"\x1f\x8b\x08\x00", b"Not Found", b'{"error": 404}',
        b"<?xml version='1.0'?><urlset><url/></urlset>",
    ],
)  # fmt: skip
def test_row_24_other_things_are_no_feed(body: bytes) -> None:
    feed = read_feed(body)
    assert reasons(feed) == ["parse.not_a_feed"]
    assert feed.entries == ()


@pytest.mark.parametrize(
    "item",
    [
        "[" * 100_000, '{"id": ' + "1" * 100_000 + "}", '{"id": NaN}', "5", "null", "[1]",
        '{"title": ["a"]}', '{"id": "1", "id": "2"}',
    ],
)  # fmt: skip
def test_row_26_a_bad_item_of_a_json_feed_costs_itself(item: str) -> None:
    if item.startswith("[["):
        item += "]" * 100_000
    text = f'{{"version": "https://jsonfeed.org/version/1", "items": [{item}, {{"id": "ok"}}]}}'
    feed = read_feed(text.encode())
    assert reasons(feed) == ["parse.bad_item"]
    assert [entry.guid for entry in feed.entries] == ["ok"]


def test_row_27_latin_1_declared_as_utf_8_is_decoded_and_noted() -> None:
    head = '<?xml version="1.0" encoding="utf-8"?>'
    items = "<item><title>Le café était fermé, à côté du musée</title></item>"
    feed = read_feed(rss(items, head=head).decode().encode("latin-1"))
    assert feed.entries[0].title == "Le café était fermé, à côté du musée"
    assert "text.charset_guess" in notes(feed)


def test_row_28_quotes_of_windows_declared_as_latin_1_are_quotes() -> None:
    head = '<?xml version="1.0" encoding="iso-8859-1"?>'
    body = rss("<item><title>He said “no”</title></item>", head=head).decode().encode("cp1252")
    assert read_feed(body).entries[0].title == "He said “no”"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_row_29_wide_encodings_are_read_with_and_without_a_mark(encoding: str) -> None:
    head = '<?xml version="1.0"?>'
    body = rss("<item><title>Grüße aus “Köln”</title></item>", head=head).decode()
    assert read_feed(body.encode(encoding)).entries[0].title == "Grüße aus “Köln”"


def test_row_29_utf_7_is_refused() -> None:
    body = b'<?xml version="1.0" encoding="UTF-7"?><rss><channel><item><title>+ADw-b</title>'
    assert reasons(read_feed(body)) == ["text.charset_refused"]


@pytest.mark.parametrize(
    ("head", "item", "tail"),
    [
        ("", "<item><title>good &nosuch; thing</title></item>", ""),
        ("", "<item><title>good & plain</title></item>", ""),
        ("", GOOD, "<junk/>"),
        ("<?xml<?xml version='1.0'?>", GOOD, ""),
    ],
)
def test_row_30_ill_formed_feeds_are_recovered_and_say_so(head: str, item: str, tail: str) -> None:
    feed = read_feed(rss(item, head=head) + tail.encode())
    assert len(feed.entries) == 1
    assert (feed.entries[0].title or "").startswith("good")
    assert notes(feed) == {"parse.recovered"}


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "/relative", "http://a\r\nX: y", "//h/p"]
)
def test_row_38_links_that_are_no_web_addresses_are_text(link: str) -> None:
    from summit_pipeline.ingest.addresses import address_notes, canonical_address

    assert address_notes(link) == ("url.scheme",)
    assert canonical_address(link) is None
    feed = read_feed(rss(f"<item><title>t</title><link>{link}</link></item>"))
    assert len(feed.entries) == 1
