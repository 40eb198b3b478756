"""When sources are fetched and what answers mean: rows 10 to 15 of the list, without a network."""

import contextlib
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from summit_pipeline.execution.ingesting import run_ingest
from summit_pipeline.ingest.fetch import Fetched, FetchError, FetchLimits
from summit_pipeline.ingest.fetched_feed import read_all_fetched, read_fetched
from summit_pipeline.ingest.fetching import Fetcher, is_due
from summit_pipeline.ingest.hosts import Hosts
from summit_pipeline.ingest.items import Rejection, Skipped
from summit_pipeline.ingest.parsing_child import ParsingChild
from summit_pipeline.ingest.sources import Source
from summit_pipeline.ingest.tables import FetchState
from summit_pipeline.warehouse import ledger
from summit_pipeline.warehouse.connection import open_working
from summit_pipeline.warehouse.migrations import migrate
from summit_pipeline.warehouse.store import transaction

NOW = datetime(2025, 2, 7, 12)
HOUR = timedelta(hours=1)
URL = "https://feed.example/rss"
NEW = FetchState(source="s", url=URL)


class Web:
    """Answers by address, and what was asked."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.asked: list[tuple[str, dict[str, str]]] = []

    def __call__(self, url: str, headers: Mapping[str, str], limits: FetchLimits) -> Fetched:
        self.asked.append((url, dict(headers)))
        answer = self.answers["robots" if url.endswith("/robots.txt") else "feed"]
        if isinstance(answer, Exception):
            raise answer
        status, body, *rest = answer
        return Fetched(status, url, (url,), rest[0] if rest else {}, body, "192.0.2.1")


def fetcher(feed: object, robots: object = (404, b"")) -> tuple[Fetcher, Web, list[float]]:
    web = Web(feed=feed, robots=robots)
    slept: list[float] = []
    return Fetcher(Hosts(fetch=web, sleep=slept.append, clock=lambda: 0.0)), web, slept


def reason(feed: object, robots: object = (404, b""), state: FetchState = NEW) -> str | None:
    return fetcher(feed, robots)[0].fetch(state, HOUR, NOW).reason


DATE = "Fri, 07 Feb 2025 12:00:00 GMT"
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("written", "date", "wait"),
    [
        ("3600", DATE, HOUR), (" 90 ", DATE, timedelta(seconds=90)), ("0", DATE, MINUTE),
        ("99999999999", DATE, timedelta(days=1)), ("9" * 5_000, DATE, timedelta(days=1)),
        ("-1", DATE, MINUTE), ("soon", DATE, MINUTE), ("1e9", DATE, MINUTE), ("٣٦٠٠", DATE, MINUTE),
        ("Fri, 07 Feb 2025 14:00:00 GMT", DATE, 2 * HOUR),
        ("Fri, 07 Feb 2025 15:00:00 +0100", DATE, 2 * HOUR),
        ("Friday, 07-Feb-25 14:00:00 GMT", DATE, 2 * HOUR),
        ("Fri Feb  7 14:00:00 2025", DATE, 2 * HOUR),
        ("Fri, 07 Feb 2025 14:00:00 GMT", "Fri, 07 Feb 2025 11:00:00 GMT", 3 * HOUR),
        ("Fri, 07 Feb 2025 14:00:00 GMT", "never", 2 * HOUR),
        ("Fri, 07 Feb 2025 14:00:00 GMT", None, 2 * HOUR),
        ("Fri, 07 Feb 2020 14:00:00 GMT", DATE, MINUTE),
        ("Fri, 07 Feb 9999 14:00:00 GMT", DATE, timedelta(days=1)),
        ("Fri, 99 Feb 2025 14:00:00 GMT", DATE, MINUTE),
    ],
)  # fmt: skip
def test_row_10_retry_after_in_every_form_is_bounded(
    status: int, written: str, date: str | None, wait: timedelta
) -> None:
    headers = {"retry-after": written} | ({"date": date} if date else {})
    outcome = fetcher((status, b"", headers))[0].fetch(NEW, HOUR, NOW)
    assert outcome.state.next_due_at == NOW + wait
    assert outcome.reason == "fetch.retry_later"


def test_row_10_without_a_word_on_when_the_source_waits_longer_each_time() -> None:
    one = fetcher((503, b""))[0]
    first = one.fetch(NEW, HOUR, NOW).state
    second = one.fetch(first, HOUR, NOW).state
    assert first.next_due_at is not None
    assert second.next_due_at is not None
    assert NOW + HOUR < first.next_due_at < second.next_due_at


def test_row_10_other_sources_go_on(tmp_path: Path) -> None:
    def web(url: str, headers: Mapping[str, str], limits: FetchLimits) -> Fetched:
        if url.endswith("robots.txt"):
            return Fetched(404, url, (url,), {}, b"", "192.0.2.1")
        busy = "busy" in url
        return Fetched(
            429 if busy else 200, url, (url,), {"retry-after": "3600"}, b"" if busy else FEED, ""
        )

    slept: list[float] = []
    hosts = Hosts(fetch=web, sleep=slept.append, clock=lambda: 0.0)
    sources = [
        Source(name=f"{n} {host}", kind="feed", path=tmp_path, url=f"https://{host}.example/{n}")
        for n, host in enumerate(["busy", "a", "b", "busy", "a"])
    ]
    with ParsingChild() as child:
        found = list(read_all_fetched(sources, {}, Fetcher(hosts), child, NOW))
    assert [turn.state.source for turn in found] == ["0 busy", "3 busy", "1 a", "4 a", "2 b"]
    assert [len(turn.seen) for turn in found] == [1, 1, 2, 2, 2]
    assert {type(turn.seen[0]) for turn in found if "busy" in turn.state.source} == {Skipped}
    # Two addresses of a host are three GETs with its robots.txt.
    assert slept == [5.0] * (2 + 1 + 2)


def test_a_fault_of_ours_costs_one_source_its_turn(tmp_path: Path) -> None:
    def web(url: str, headers: Mapping[str, str], limits: FetchLimits) -> Fetched:
        if "odd" in url:
            raise ZeroDivisionError("unforeseen")
        return Fetched(404 if "robots" in url else 200, url, (url,), {}, FEED, "")

    fetcher = Fetcher(Hosts(fetch=web, sleep=lambda seconds: None))
    sources = [
        Source(name=n, kind="feed", path=tmp_path, url=f"https://{n}.example/")
        for n in ("odd", "a")
    ]
    with ParsingChild() as child:
        odd, other = read_all_fetched(sources, {}, fetcher, child, NOW)
    (rejection,) = odd.seen
    assert isinstance(rejection, Rejection)
    assert (rejection.reason, odd.state.status) == ("source.failed", "failing")
    assert "ZeroDivisionError: unforeseen" in rejection.detail
    assert len(other.seen) == 2


def test_hosts_are_fetched_side_by_side_and_one_host_never_twice_at_a_time() -> None:
    under_way: list[str] = []
    together: list[set[str]] = []
    meet = threading.Barrier(2)

    def web(url: str, headers: Mapping[str, str], limits: FetchLimits) -> Fetched:
        host = urlsplit(url).netloc
        assert host not in under_way
        under_way.append(host)
        together.append(set(under_way))
        with contextlib.suppress(threading.BrokenBarrierError):
            meet.wait(5)
        under_way.remove(host)
        return Fetched(404, url, (url,), {}, b"", "")

    hosts = Hosts(fetch=web, sleep=lambda seconds: None)
    sources = [
        Source(name=f"{n}", kind="feed", path=Path(), url=f"https://{n % 2}.example/{n}")
        for n in range(4)
    ]
    with ParsingChild() as child:
        list(read_all_fetched(sources, {}, Fetcher(hosts), child, NOW))
    assert {"0.example", "1.example"} in together


@pytest.mark.parametrize(
    ("feed", "expected"),
    [
        ((403, b"x", {"cf-mitigated": "challenge"}), "fetch.blocked"),
        ((200, b" \n"), "fetch.empty"),
        ((304, b""), "fetch.protocol"),
        ((410, b""), "fetch.gone"),
        ((404, b""), "fetch.not_found"),
        ((500, b""), "fetch.status"),
        (FetchError("fetch.dns", "none"), "fetch.dns"),
        ((200, b"<rss/>"), None),
    ],
)
def test_rows_11_12_14_answers_have_their_codes(feed: object, expected: str | None) -> None:
    assert reason(feed) == expected


def test_turns_are_spread_by_source_and_never_by_chance() -> None:
    def due(name: str) -> datetime:
        one = fetcher((200, b"<rss/>"))[0]
        state = one.fetch(FetchState(source=name, url=URL), HOUR, NOW).state
        assert state.next_due_at is not None
        return state.next_due_at

    turns = [due(f"source {number}") for number in range(20)]
    assert turns == [due(f"source {number}") for number in range(20)]
    assert len(set(turns)) > 10
    assert all(NOW + 0.9 * HOUR <= turn <= NOW + HOUR for turn in turns)


def test_a_clock_that_was_set_back_keeps_no_source_waiting() -> None:
    one = fetcher((200, b"<rss/>"))[0]
    state = one.fetch(NEW, HOUR, NOW).state
    assert not is_due(state, NOW + timedelta(minutes=1))
    assert is_due(state, NOW - timedelta(days=1))


def test_row_13_conditions_are_left_out_once_a_day() -> None:
    one, web, slept = fetcher((200, b"<rss/>", {"etag": '"e"', "last-modified": "then"}))
    state = one.fetch(NEW, HOUR, NOW).state
    assert not is_due(state, NOW)
    assert is_due(state, NOW + HOUR)
    state = one.fetch(state, HOUR, NOW + HOUR).state
    one.fetch(state, HOUR, NOW + 26 * HOUR)
    conditions = {"If-None-Match": '"e"', "If-Modified-Since": "then"}
    assert [headers for _, headers in web.asked[1:]] == [{}, conditions, {}]
    assert slept == [5.0] * 3


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((410, b""), "fetch.gone"), ((404, b""), "fetch.not_found"),
        (FetchError("fetch.dns", "no such name"), "fetch.dns"),
    ],
)  # fmt: skip
def test_row_14_a_source_dies_visibly_after_a_week_and_can_come_back(
    answer: object, expected: str
) -> None:
    one, _, _ = fetcher(answer)
    state, now = NEW, NOW
    for _ in range(40):
        state = one.fetch(state, HOUR, now).state
        assert state.next_due_at is not None
        assert now < state.next_due_at <= now + timedelta(days=1)
        now = state.next_due_at
    assert (state.status, state.reason) == ("dead", expected)
    back = fetcher((200, b"<rss/>"))[0].fetch(state, HOUR, now).state
    assert (back.status, back.failures, back.failing_since) == ("ok", 0.0, None)


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        ((200, b"User-agent: *\nDisallow: /"), "fetch.robots"),
        ((200, b"User-agent: *\nDisallow: /private"), None),
        ((200, b"<html>no robots here</html>"), None),
        ((200, b"#" * 10_000_000), None),
        ((200, b"User-agent: *\nDisallow: /\n" + b"#" * 10_000_000), "fetch.robots"),
        ((200, b"#" * 600_000 + b"\nUser-agent: *\nDisallow: /\n"), None),
        ((200, b"\xef\xbb\xbfUser-agent: summit_pipeline\nDisallow: /rss"), "fetch.robots"),
        ((200, b"User-agent: other\nDisallow: /"), None),
        ((200, bytes(range(256)) * 100), None),
        ((503, b"User-agent: *\nAllow: /"), "fetch.robots"),
        ((403, b""), None),
        (FetchError("fetch.too_many_redirects", "loop"), None),
        (FetchError("fetch.tls", "expired"), "fetch.robots"),
        ((500, b""), "fetch.robots"),
        ((404, b""), None),
        (FetchError("fetch.private_address", "hop"), "fetch.private_address"),
        (FetchError("fetch.deadline", "slow"), "fetch.robots"),
    ],
)
def test_row_15_robots(robots: object, expected: str | None) -> None:
    outcome = fetcher((200, b"<rss/>"), robots)[0].fetch(NEW, HOUR, NOW)
    assert outcome.reason == expected
    if expected == "fetch.robots":
        assert outcome.state.next_due_at is not None
        assert outcome.state.next_due_at >= NOW + timedelta(hours=21)


OTHER = "https://other.example/feed"


@pytest.mark.parametrize("banned", [True, False])
def test_row_15_another_host_is_asked_for_its_robots_before_a_redirect_leads_there(
    banned: bool,
) -> None:
    asked: list[str] = []
    slept: list[float] = []

    def web(url: str, headers: Mapping[str, str], limits: FetchLimits) -> Fetched:
        asked.append(url)
        if url.endswith("robots.txt"):
            rules = b"User-agent: *\nDisallow: /" if banned and "other" in url else b""
            return Fetched(200, url, (url,), {}, rules, "")
        if url != OTHER:
            assert limits.one_host
            return Fetched(301, url, (url,), {"location": OTHER}, b"", "")
        return Fetched(200, url, (url,), {}, FEED, "")

    hosts = Hosts(fetch=web, sleep=slept.append, clock=lambda: 0.0)
    outcome = Fetcher(hosts).fetch(NEW, HOUR, NOW)
    assert asked[:3] == ["https://feed.example/robots.txt", URL, "https://other.example/robots.txt"]
    if banned:
        assert (outcome.reason, len(asked)) == ("fetch.robots", 3)
        return
    assert asked[3:] == [OTHER]
    assert slept == [5.0, 5.0], "the other host has its own pace"
    assert outcome.answer is not None
    assert (outcome.answer.url, outcome.answer.hops) == (OTHER, (URL, OTHER))


def test_row_06_redirects_between_hosts_share_their_bounds() -> None:
    now = [0.0]
    left: list[tuple[float, int]] = []

    def web(url: str, headers: Mapping[str, str], limits: FetchLimits) -> Fetched:
        if url.endswith("robots.txt"):
            return Fetched(404, url, (url,), {}, b"", "")
        left.append((limits.seconds, limits.redirects))
        now[0] += took
        there = {"location": f"https://h{len(left)}.example/"}
        return Fetched(302, url, (url,), there, b"", "")

    for took, reason, hops in ((1.0, "fetch.too_many_redirects", 6), (8.0, "fetch.deadline", 3)):
        left.clear()
        hosts = Hosts(fetch=web, sleep=lambda seconds: None, clock=lambda: now[0])
        assert Fetcher(hosts).fetch(NEW, HOUR, NOW).reason == reason
        assert left == [(20.0 - n * took, 5 - n) for n in range(hops)]


def test_row_05_a_redirect_to_no_address_is_told() -> None:
    def web(url: str, headers: Mapping[str, str], limits: FetchLimits) -> Fetched:
        robots = url.endswith("robots.txt")
        there = {} if robots else {"location": "http://[half"}
        return Fetched(404 if robots else 302, url, (url,), there, b"", "")

    hosts = Hosts(fetch=web, sleep=lambda seconds: None)
    assert Fetcher(hosts).fetch(NEW, HOUR, NOW).reason == "fetch.scheme"


def test_row_15_a_longer_crawl_delay_is_kept_up_to_half_a_minute() -> None:
    for asked, kept in (("10", 10.0), ("1", 5.0), ("86400", 30.0)):
        robots = (200, f"User-agent: *\nCrawl-delay: {asked}\n".encode())
        one, _, slept = fetcher((200, b"<rss/>"), robots)
        one.fetch(NEW, HOUR, NOW)
        assert slept == [kept]


FEED = (
    b"<rss version='2.0'><channel><item><guid>1</guid><title>one</title></item>"
    b"<item><guid>2</guid><title>two</title></item></channel></rss>"
)


def test_a_run_fetches_stores_and_remembers(tmp_path: Path) -> None:
    source = Source(name="s", kind="feed", path=tmp_path, url=URL)
    answers = [
        (200, FEED, {"etag": "a"}), (304, b""), (200, FEED.replace(b"two", b"three")),
        (200, b"<html>Just a moment...</html>"), (403, b""), (200, FEED),
    ]  # fmt: skip
    counted = []
    with open_working(tmp_path / "working.duckdb") as con:
        migrate(con)
        for number, answer in enumerate(answers):
            at = NOW + number * timedelta(days=1, hours=1)
            if number == 1:
                at = NOW + HOUR
            ledger.start_run(con, f"r{number}", at, "code")
            counts = run_ingest(
                partial(transaction, con), [source], f"r{number}", at, fetcher(answer)[0]
            )
            counted.append((counts.new, counts.changed, counts.unchanged, counts.quarantined))
        items = con.sql("select reason, state from ops.quarantine order by reason").fetchall()
        (state,) = con.sql("select status, failures from ops.fetch_states").fetchall()
    assert counted == [
        (2, 0, 0, 0), (0, 0, 0, 0), (0, 1, 1, 0), (0, 0, 0, 1), (0, 0, 0, 1), (0, 0, 2, 0),
    ]  # fmt: skip
    assert items == [("fetch.blocked", "resolved"), ("parse.not_a_feed", "resolved")]
    assert state == ("ok", 0.0)


def test_row_05_a_port_is_connected_to_only_for_the_source_that_allows_it() -> None:
    seen: list[frozenset[int]] = []

    def web(url: str, headers: Mapping[str, str], limits: FetchLimits) -> Fetched:
        seen.append(limits.ports)
        return Fetched(404, url, (url,), {}, b"", "")

    fetcher = Fetcher(Hosts(fetch=web, sleep=lambda seconds: None))
    with ParsingChild() as child:
        for name, ports in (("a", (8080,)), ("b", ())):
            source = Source(name, "feed", Path(), url=f"https://{name}.example/", ports=ports)
            read_fetched(source, None, fetcher, child, NOW)
    assert seen == [frozenset({80, 443, 8080})] * 2 + [frozenset({80, 443})] * 2
