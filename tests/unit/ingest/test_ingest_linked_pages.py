"""Pages behind links: which are fetched, what stands for an entry, when one is looked at again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from summit_pipeline.ingest import linked_pages
from summit_pipeline.ingest.answers import read_answer, served_form
from summit_pipeline.ingest.fetch import Fetched, FetchError, FetchLimits
from summit_pipeline.ingest.fetching import Fetcher
from summit_pipeline.ingest.hosts import Hosts
from summit_pipeline.ingest.items import Gone, Item, Rejection, Skipped
from summit_pipeline.ingest.linked_pages import Pages, linked_of_item, read_linked
from summit_pipeline.ingest.page_states import PageState
from summit_pipeline.ingest.parsing_child import ParsingChild
from summit_pipeline.ingest.sources import Source

NOW = datetime(2025, 2, 7, 12)
HOUR = timedelta(hours=1)
ONE = "https://a.example/one"
PAGE = (
    b'<html><head><link rel=canonical href="/1"></head><body><p>The whole text.</p></body></html>'
)
SOURCE = Source(
    name="s", kind="feed", path=Path(), url="https://a.example/rss", outlet="A", fetch_pages=True
)


class Web:
    """Answers by address: a status, or a status, headers and a body."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, dict[str, str]]] = []

    def __call__(self, url: str, headers: Mapping[str, str], limits: FetchLimits) -> Fetched:
        if url.endswith("/robots.txt"):
            return Fetched(404, url, (url,), {}, b"", "192.0.2.1")
        self.asked.append((url, dict(headers)))
        answer = self.answers[url]
        if answer == "same":
            answer = 304 if headers else GOOD[url]
        if isinstance(answer, Exception):
            raise answer
        status, told, body = answer if isinstance(answer, tuple) else (answer, {}, b"")
        return Fetched(status, url, (url,), told, body, "192.0.2.1")


def fetcher(web: Web) -> Fetcher:
    return Fetcher(Hosts(fetch=web, sleep=lambda seconds: None, clock=lambda: 0.0))


def entry(text: str = "In short.", url: str = ONE) -> Item:
    return Item(
        "s", "g1", "g1", "guid", "A", "text/html", text.encode(), "Title", url, "2025-02-07"
    )


def turn(
    answers: Mapping[str, Any],
    known: PageState | None = None,
    now: datetime = NOW,
    *entries: Item,
) -> tuple[Pages, Web]:
    web = Web(answers)
    linked = [linked_of_item(e) for e in entries or (entry(),)]
    states = {known.url: known} if known else {}
    return read_linked(SOURCE, [x for x in linked if x], states, fetcher(web), now), web


def after(answers: Mapping[str, Any]) -> PageState:
    return turn(answers)[0].states[0]


GOOD = {ONE: (200, {"etag": '"1"', "content-type": "text/html; charset=latin-1"}, PAGE)}


def test_a_page_stands_for_its_entry() -> None:
    pages, _ = turn(GOOD)
    (item,) = pages.seen
    assert isinstance(item, Item)
    assert (item.body, item.media_type, item.title) == (PAGE, "text/html", None)
    assert (item.identity, item.published, item.outlet) == ("g1", "2025-02-07", "A")
    assert (item.url, item.canonical_url) == (ONE, "https://a.example/1")
    assert item.declared_encoding == "latin-1"
    assert pages.states[0].looks == 1


def test_a_known_page_is_looked_at_a_few_times_and_when_its_entry_changes() -> None:
    state, hours, asked = after(GOOD), 0, []
    while hours < 400:
        hours += 1
        pages, web = turn({ONE: "same"}, state, NOW + hours * HOUR)
        if web.asked:
            asked.append(hours)
            (state,) = pages.states
        else:
            assert [type(t) for t in pages.seen] == [Skipped]
    assert asked == [6, 24, 72, 168]
    pages, web = turn(GOOD, state, NOW + 401 * HOUR, entry("Another summary."))
    assert len(web.asked) == 1
    assert isinstance(pages.seen[0], Item)


def test_the_second_look_is_conditional() -> None:
    _, web = turn({ONE: 304}, after(GOOD), NOW + 6 * HOUR)
    assert web.asked[0][1] == {"If-None-Match": '"1"'}
    _, web = turn(GOOD, after(GOOD), NOW + 24 * HOUR)
    assert web.asked[0][1] == {}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (404, "fetch.not_found"),
        (403, "fetch.blocked"),
        (FetchError("fetch.private_address", "x"), "fetch.private_address"),
        (FetchError("fetch.scheme", "x"), "fetch.scheme"),
    ],
)
def test_an_entry_stands_for_itself_where_its_page_cannot_be_had(answer: Any, code: str) -> None:
    pages, _ = turn({ONE: answer})
    (item,) = pages.seen
    assert isinstance(item, Item)
    assert (item.body, item.notes) == (b"In short.", (f"page.not_fetched: {code}",))
    (state,) = pages.states
    assert (state.reason, state.next_look_at) == (code, NOW + HOUR)
    # Before the next try the entry still stands for itself, and nothing is asked.
    again, web = turn({}, state, NOW + HOUR / 2)
    assert [t.body for t in again.seen if isinstance(t, Item)] == [b"In short."]
    assert web.asked == []


def test_a_page_that_was_read_is_not_replaced_by_its_entry() -> None:
    pages, _ = turn({ONE: 500}, after(GOOD), NOW + 6 * HOUR)
    (refused,) = pages.seen
    assert isinstance(refused, Rejection)
    assert refused.reason == "fetch.status"


def test_a_page_that_was_read_and_is_gone_is_withdrawn() -> None:
    pages, _ = turn({ONE: 410}, after(GOOD), NOW + 6 * HOUR)
    (gone,) = pages.seen
    assert isinstance(gone, Gone)
    assert (gone.guid, gone.url, gone.reason) == ("g1", ONE, "page.gone")


def test_a_page_is_given_up_after_some_failures() -> None:
    state, now, tries = after({ONE: 500}), NOW, 1
    while state.next_look_at is not None:
        now = state.next_look_at
        (state,) = turn({ONE: 500}, state, now)[0].states
        tries += 1
    assert tries == 5


def test_a_host_that_asks_for_time_is_left_alone() -> None:
    two = "https://a.example/two"
    answers = {ONE: (429, {"retry-after": "7200"}, b""), two: (200, {}, PAGE)}
    pages, web = turn(answers, None, NOW, entry(), entry("2", two))
    assert [url for url, _ in web.asked] == [ONE]
    assert pages.states[0].next_look_at == NOW + 2 * HOUR
    assert isinstance(pages.seen[1], Skipped)


def test_a_turn_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linked_pages, "PAGES_A_TURN", 1)
    pages, web = turn(GOOD, None, NOW, entry(), entry("2", "https://a.example/two"))
    assert len(web.asked) == 1
    assert isinstance(pages.seen[1], Skipped)


def test_a_page_is_looked_at_when_its_entry_is_not_shown() -> None:
    state = after(GOOD)
    for hours, asked in ((5, []), (6, [ONE])):
        web = Web(GOOD)
        pages = read_linked(SOURCE, (), {ONE: state}, fetcher(web), NOW + hours * HOUR)
        assert [url for url, _ in web.asked] == asked
        assert len(pages.seen) == len(asked)
    (item,) = pages.seen
    (shown,) = turn(GOOD)[0].seen
    assert item == shown, "the same document with the entry's date"
    assert (pages.states[0].looks, pages.states[0].guid) == (2, "g1")


@pytest.mark.parametrize(
    ("answer", "first", "expected"), [(410, 200, Gone), (500, 200, Rejection), (500, 500, Skipped)]
)
def test_a_remembered_page_that_cannot_be_had(answer: int, first: int, expected: type) -> None:
    state = after(GOOD if first == 200 else {ONE: first})
    now = state.next_look_at
    assert now is not None
    pages = read_linked(SOURCE, (), {ONE: state}, fetcher(Web({ONE: answer})), now)
    assert [type(thing) for thing in pages.seen] == [expected]
    assert pages.states[0].failures == (1 if first == 200 else 2)


def test_the_page_of_a_deleted_entry_is_left_alone() -> None:
    web = Web(GOOD)
    later = NOW + 6 * HOUR
    pages = read_linked(SOURCE, (), {ONE: after(GOOD)}, fetcher(web), later, {"g1"})
    assert (web.asked, pages.seen) == ([], [])
    (state,) = pages.states
    assert state.next_look_at is None
    again = read_linked(SOURCE, (), {ONE: state}, fetcher(web), later, {"g1"})
    assert (web.asked, again.states) == ([], [])


def test_what_is_no_page_is_refused() -> None:
    pages, _ = turn({ONE: (200, {}, b"%PDF-1.7 \x00")})
    assert [t.reason for t in pages.seen if isinstance(t, Rejection)] == ["extract.not_text"]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "/one", "http://x\r\n"]
)
def test_row_38_a_link_that_is_no_web_address_is_never_fetched(url: str) -> None:
    assert linked_of_item(entry(url=url)) is None


def served(body: bytes, media_type: str = "") -> Fetched:
    return Fetched(200, ONE, (ONE,), {"content-type": media_type}, body, "192.0.2.1")


@pytest.mark.parametrize(
    ("body", "media_type", "form"),
    [
        (b"<?xml version='1.0'?><rss version='2.0'>", "text/html", "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "", "feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "application/json", "feed"),
        (b"<!DOCTYPE html><title>x</title>", "", "page"),
        (b"\n<html lang=en><body><rss>", "", "page"),
        (b"<p>no root</p>", "text/html; charset=utf-8", "page"),
        (b"<urlset xmlns='x'>", "text/xml", "sitemap"),
    ],
)
def test_the_form_is_told_from_what_is_served(body: bytes, media_type: str, form: str) -> None:
    assert served_form("address", served(body, media_type)) == form
    assert served_form("page", served(body, media_type)) == "page"


SITEMAP = b"<urlset><url><loc>https://a.example/one</loc></url></urlset>"
FEED = (
    b"<rss><channel><item><guid>g</guid><link>https://a.example/one</link><title>T</title></item>"
    b"<item><guid>h</guid><link>javascript:x</link><title>U</title></item></channel></rss>"
)


@pytest.mark.parametrize(("body", "kind"), [(SITEMAP, "sitemap"), (FEED, "feed")])
def test_pages_are_wanted_only_where_that_is_switched_on(body: bytes, kind: str) -> None:
    for fetch_pages in (False, True):
        source = Source(name="s", kind="address", path=Path(), url=ONE, fetch_pages=fetch_pages)
        with ParsingChild() as child:
            answered = read_answer(source, served(body), child)
        assert [link.url for link in answered.linked] == ([ONE] if fetch_pages else [])
        if kind == "sitemap" and not fetch_pages:
            assert [t.locator for t in answered.seen if isinstance(t, Skipped)] == [ONE]
        if kind == "feed":
            assert sum(isinstance(t, Item) for t in answered.seen) == (1 if fetch_pages else 2)


def test_a_page_that_is_named_directly() -> None:
    source = Source(name="s", kind="address", path=Path(), url=ONE)
    with ParsingChild() as child:
        (item,) = read_answer(source, served(PAGE, "text/html"), child).seen
        (refused,) = read_answer(source, served(b"%PDF-1.7 \x00", "text/html"), child).seen
    assert isinstance(item, Item)
    assert (item.url, item.identity, item.outlet) == (ONE, None, "a.example")
    assert isinstance(refused, Rejection)
    assert refused.reason == "extract.not_text"
