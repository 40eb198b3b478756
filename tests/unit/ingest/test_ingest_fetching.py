"""When sources are fetched and what answers mean: rows 10 to 15 of the list, without a network."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from summit_pipeline.execution.ingesting import run_ingest
from summit_pipeline.ingest.fetch import Fetched, FetchError
from summit_pipeline.ingest.fetching import Fetcher, is_due, retry_after
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

    def __init__(self, **answers: object) -> None:
        self.answers = answers
        self.asked: list[tuple[str, dict[str, str]]] = []

    def __call__(self, url: str, headers: dict[str, str]) -> Fetched:
        self.asked.append((url, headers))
        answer = self.answers["robots" if url.endswith("/robots.txt") else "feed"]
        if isinstance(answer, Exception):
            raise answer
        status, body, *rest = answer  # type: ignore[misc]
        return Fetched(status, url, (url,), rest[0] if rest else {}, body, "192.0.2.1")


def fetcher(feed: object, robots: object = (404, b"")) -> tuple[Fetcher, Web, list[float]]:
    web = Web(feed=feed, robots=robots)
    slept: list[float] = []
    return Fetcher(get=web, sleep=slept.append, clock=lambda: 0.0), web, slept


def reason(feed: object, robots: object = (404, b""), state: FetchState = NEW) -> str | None:
    return fetcher(feed, robots)[0].fetch(state, HOUR, NOW).reason


@pytest.mark.parametrize(
    ("written", "wait"),
    [
        ("3600", HOUR), ("99999999999", timedelta(days=1)), ("-1", timedelta(minutes=1)),
        ("soon", timedelta(minutes=1)), ("0", timedelta(minutes=1)), (None, timedelta(minutes=1)),
        ("Fri, 07 Feb 2025 14:00:00 GMT", 2 * HOUR),
    ],
)  # fmt: skip
def test_row_10_retry_after_is_bounded(written: str | None, wait: timedelta) -> None:
    assert retry_after(written, "Fri, 07 Feb 2025 12:00:00 GMT") == wait
    headers = {"date": "Fri, 07 Feb 2025 12:00:00 GMT", "retry-after": written or ""}
    outcome = fetcher((429, b"", headers))[0].fetch(NEW, HOUR, NOW)
    assert outcome.state.next_due_at == NOW + wait
    assert outcome.reason == "fetch.retry_later"


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


def test_row_14_a_source_dies_visibly_after_a_week_and_can_come_back() -> None:
    one, _, _ = fetcher((410, b""))
    state, now = NEW, NOW
    for _ in range(40):
        state = one.fetch(state, HOUR, now).state
        assert state.next_due_at is not None
        assert now < state.next_due_at <= now + timedelta(days=1)
        now = state.next_due_at
    assert (state.status, state.reason) == ("dead", "fetch.gone")
    back = fetcher((200, b"<rss/>"))[0].fetch(state, HOUR, now).state
    assert (back.status, back.failures, back.failing_since) == ("ok", 0.0, None)


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        ((200, b"User-agent: *\nDisallow: /"), "fetch.robots"),
        ((200, b"User-agent: *\nDisallow: /private"), None),
        ((200, b"<html>no robots here</html>"), None),
        ((200, b"#" * 10_000_000), None),
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
    assert items == [("fetch.blocked", "resolved"), ("parse.not_a_feed", "open")]
    assert state == ("ok", 0.0)
