"""What was refused is tried again only with other bytes, code or limits, or by hand."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import duckdb
import pytest

from summit_pipeline.execution import ingesting
from summit_pipeline.execution.ingesting import run_ingest
from summit_pipeline.ingest.feed_model import HEAD_BYTES, Feed, fault, refused
from summit_pipeline.ingest.fetch import Fetched, FetchLimits
from summit_pipeline.ingest.fetching import Fetcher
from summit_pipeline.ingest.hosts import Hosts
from summit_pipeline.ingest.parsing_child import ParsingChild
from summit_pipeline.ingest.sources import Source
from summit_pipeline.ingest.tables import RawBlob
from summit_pipeline.warehouse import ledger, raw_blobs
from summit_pipeline.warehouse.connection import open_working
from summit_pipeline.warehouse.migrations import migrate
from summit_pipeline.warehouse.quarantine import find_items, set_state
from summit_pipeline.warehouse.store import transaction

NOW = datetime(2025, 2, 7, 12)
URL = "https://feed.example/rss"
SOURCE = Source(name="s", kind="feed", path=Path(), url=URL)
GOOD = b"<rss version='2.0'><channel><item><guid>1</guid><title>one</title></item></channel></rss>"
HANGING = GOOD.replace(b"one", b"hanging")


class Runs:
    """Runs of one source, a day apart, with what its address serves and a parser that hangs."""

    def __init__(self, con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
        self.con = con
        self.number = 0
        self.body = b""
        self.tried: list[bytes] = []
        self.hangs = True
        work = ParsingChild._work

        def watched(child: ParsingChild, kind: str, order: object, body: bytes) -> object:
            self.tried.append(body)
            if self.hangs and b"hanging" in body:
                child.limits = type(child.limits)(seconds=0)
            return work(child, kind, order, body)  # type: ignore[arg-type]

        monkeypatch.setattr(ParsingChild, "_work", watched)

    def run(self, body: bytes) -> tuple[int, ...]:
        self.body, self.tried = body, []
        at = NOW + self.number * timedelta(days=2)
        name = f"r{self.number}"
        self.number += 1
        hosts = Hosts(fetch=self.fetch, sleep=lambda seconds: None)
        ledger.start_run(self.con, name, at, "code")
        counts = run_ingest(partial(transaction, self.con), [SOURCE], name, at, Fetcher(hosts))
        return counts.new, counts.changed, counts.unchanged, counts.quarantined

    def fetch(self, url: str, headers: Mapping[str, str], limits: FetchLimits) -> Fetched:
        is_robots = url.endswith("robots.txt")
        status, body = (404, b"") if is_robots else (200, self.body) if self.body else (500, b"")
        return Fetched(status, url, (url,), {}, body, "")

    def items(self) -> list[tuple[str, str, int]]:
        return self.con.sql(
            "SELECT reason, state, attempts FROM ops.quarantine ORDER BY first_seen_at, reason"
        ).fetchall()

    def retry(self, reason: str) -> None:
        (found,) = self.con.sql(
            f"SELECT quarantine_id FROM ops.quarantine WHERE reason = '{reason}'"
        ).fetchall()
        with transaction(self.con):
            set_state(self.con, find_items(self.con, found), "retried")


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Runs]:
    with open_working(tmp_path / "working.duckdb") as con:
        migrate(con)
        yield Runs(con, monkeypatch)


def test_a_feed_that_hangs_is_tried_once(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    assert runs.run(HANGING) == (0, 0, 0, 1)
    assert runs.run(HANGING) == (0, 0, 0, 1)
    assert runs.tried == []
    assert runs.items() == [("parse.timeout", "open", 1)]
    runs.run(HANGING + b"<!-- other bytes -->")
    assert len(runs.tried) == 1
    monkeypatch.setattr(ingesting, "code_version", lambda stage: "another")
    runs.run(HANGING)
    assert runs.tried == [HANGING]
    assert ("parse.timeout", "open", 2) in runs.items()


def test_it_is_tried_again_by_hand_from_the_bytes_that_were_kept(runs: Runs) -> None:
    runs.run(HANGING)
    runs.retry("parse.timeout")
    assert runs.run(b"") == (0, 0, 0, 2)
    assert runs.tried == [HANGING]
    assert runs.items() == [("parse.timeout", "open", 2), ("fetch.status", "open", 1)]
    runs.retry("parse.timeout")
    runs.hangs = False
    assert runs.run(b"") == (1, 0, 0, 1)
    assert runs.items() == [("parse.timeout", "resolved", 2), ("fetch.status", "open", 2)]


def test_a_source_with_something_to_be_retried_is_due(runs: Runs) -> None:
    runs.run(b"")
    runs.con.execute("UPDATE ops.fetch_states SET next_due_at = '2100-01-01'")
    assert runs.run(GOOD) == (0, 0, 0, 0)
    runs.retry("fetch.status")
    assert runs.run(GOOD) == (1, 0, 0, 0)
    assert runs.items() == [("fetch.status", "resolved", 1)]
    runs.con.execute("UPDATE ops.fetch_states SET next_due_at = NULL")
    runs.run(b"")
    assert runs.items() == [("fetch.status", "open", 2)]


def test_an_item_is_retried_from_the_feed_that_held_it(runs: Runs) -> None:
    cut = GOOD.replace(b"</channel></rss>", b"<item><title>half")
    assert runs.run(cut) == (1, 0, 0, 1)
    assert runs.run(GOOD) == (0, 0, 1, 0)
    assert runs.items() == [("parse.incomplete_item", "open", 1)]
    runs.retry("parse.incomplete_item")
    assert runs.run(GOOD) == (0, 0, 2, 1)
    assert runs.tried == [cut, GOOD]
    assert runs.items() == [("parse.incomplete_item", "open", 2)]


def test_row_22_the_bytes_of_what_was_cut_are_kept(runs: Runs) -> None:
    long = GOOD.replace(b"one", b"x" * 2_000_000)
    runs.run(long)
    runs.run(GOOD)
    kept = runs.con.sql("SELECT size, body FROM ingest.raw_blobs").fetchall()
    assert kept == [(len(long), long[:1_000_000])]


def test_only_the_latest_bodies_of_a_source_are_kept(runs: Runs) -> None:
    def blob(number: int, source: str) -> RawBlob:
        at = NOW + number * timedelta(hours=1)
        return RawBlob(
            source=source, locator=URL, body_hash=f"{number}", size=9_000, declared_encoding=None,
            first_seen_at=at, last_seen_at=at, body=b"x" * 9_000,
        )  # fmt: skip

    raw_blobs.keep(runs.con, [blob(0, "other")])
    for number in range(30):
        raw_blobs.keep(runs.con, [blob(number, "s")])
    kept = runs.con.sql(
        "SELECT source, octet_length(body), count(*) FROM ingest.raw_blobs "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    assert kept == [("other", 9_000, 1), ("s", HEAD_BYTES, 10), ("s", 9_000, 20)]


def test_what_is_known_as_refused_is_refused_with_the_same_code() -> None:
    body = b"anything"
    (known,) = refused("parse.memory", "too much", body).faults
    with ParsingChild(refusals={known.body_hash: (known.reason, known.detail)}) as child:
        assert child.feed(body) == Feed("", (), (fault("parse.memory", "too much", body),))
        assert child.feed(GOOD).faults == ()
