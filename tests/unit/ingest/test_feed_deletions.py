"""Notices of deleted entries (RFC 6721), from the feed's bytes to the withdrawn document."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from summit_pipeline.execution.ingesting import run_ingest
from summit_pipeline.ingest.feed_deletions import in_force
from summit_pipeline.ingest.feed_model import MAX_ITEMS, FeedDeletion
from summit_pipeline.ingest.feeds import read_feed
from summit_pipeline.ingest.parsing_child import ParsingChild
from summit_pipeline.ingest.sources import Source
from summit_pipeline.warehouse import ledger
from summit_pipeline.warehouse.connection import open_working
from summit_pipeline.warehouse.migrations import migrate
from summit_pipeline.warehouse.store import transaction

START = datetime(2025, 2, 7, 12)
AT = 'xmlns:at="http://purl.org/atompub/tombstones/1.0"'
GONE = '<at:deleted-entry ref="tag:a.example,2025:1" when="2025-02-07T14:00:00Z"/>'


def entry(guid: str = "tag:a.example,2025:1", updated: str = "2025-02-07T10:00:00Z") -> str:
    return (
        f"<entry><id>{guid}</id><title>Bridge</title><updated>{updated}</updated>"
        "<published>2025-02-06T10:00:00Z</published>"
        "<content>The council approved a bridge over the Elm on Tuesday.</content></entry>"
    )


def feed(*parts: str, declared: str = AT) -> bytes:
    head = f'<feed xmlns="http://www.w3.org/2005/Atom" {declared}><title>A</title>'
    return f"{head}{''.join(parts)}</feed>".encode()


@pytest.mark.parametrize(
    ("body", "guids"),
    [
        (feed(entry("2"), GONE), ["tag:a.example,2025:1"]),
        (feed(GONE), ["tag:a.example,2025:1"]),
        (feed(GONE.replace("at:", "del:"), declared=AT.replace("at=", "del=")), [GONE[23:43]]),
        (feed("<deleted-entry xmlns='http://purl.org/atompub/tombstones/1.0' ref='a&amp;b'/>"),
         ["a&b"]),
        (feed("<at:deleted-entry\n when = '2025-02-07'\n ref = 'x'><at:comment>Withdrawn"
              "</at:comment></at:deleted-entry>", entry("2")), ["x"]),
        # A feed that is not well formed, and one of RSS.
        (feed(entry("2"), "<p>&nbsp;<b>", GONE), ["tag:a.example,2025:1"]),
        (f"<rss {AT}><channel><item><guid>2</guid><title>t</title></item>{GONE}</channel></rss>"
         .encode(), ["tag:a.example,2025:1"]),
        # None of ours: another namespace, none, no name, within an entry's text, in a comment.
        (feed(GONE, declared='xmlns:at="http://example.org/other"'), []),
        (feed("<deleted-entry ref='x'/>"), []),
        (feed("<at:deleted-entry when='2025-02-07'/><at:deleted-entry ref=' '/>"), []),
        (feed(entry("2").replace("The council", GONE)), []),
        (feed(f"<!-- {GONE} -->", f"<subtitle><![CDATA[{GONE}]]></subtitle>", entry("2")), []),
    ],
)  # fmt: skip
def test_notices_are_read_where_they_are_meant(body: bytes, guids: list[str]) -> None:
    read = read_feed(body)
    assert [deletion.guid for deletion in read.deletions] == guids
    assert read.faults == ()


def test_the_entries_of_a_feed_with_notices_are_read_as_without() -> None:
    assert read_feed(feed(GONE, entry("2"), entry("3"))).entries == (
        read_feed(feed(entry("2"), entry("3"))).entries
    )


def test_they_cross_from_the_child_process() -> None:
    body = feed(entry("2"), GONE)
    with ParsingChild() as child:
        assert child.feed(body) == read_feed(body)


def test_notices_without_end_are_bounded() -> None:
    many = "".join(f'<at:deleted-entry ref="{n}"/>' for n in range(3 * MAX_ITEMS))
    assert len(read_feed(feed(many)).deletions) == MAX_ITEMS


@pytest.mark.parametrize(
    ("when", "updated", "counts"),
    [
        ("2025-02-07T14:00:00Z", "2025-02-07T10:00:00Z", True),
        ("2025-02-07T14:00:00+02:00", "2025-02-07T13:00:00Z", False),
        ("2025-02-07T14:00:00Z", "2025-02-08T10:00:00Z", False),
        ("some day", "2025-02-07T10:00:00Z", False),
        (None, "2025-02-07T10:00:00Z", False),
    ],
)
def test_of_an_entry_and_its_notice_the_later_counts(
    when: str | None, updated: str, counts: bool
) -> None:
    entries = read_feed(feed(entry(updated=updated))).entries
    deletion = FeedDeletion("tag:a.example,2025:1", when)
    assert bool(list(in_force([deletion, deletion], entries))) is counts
    assert len(list(in_force([deletion, deletion], []))) == 1


def test_a_deleted_entry_withdraws_its_document_until_it_is_back(tmp_path: Path) -> None:
    file = tmp_path / "news.atom"
    both = feed(entry(), entry("2").replace("Bridge", "Ferry").replace("bridge", "ferry"))
    with_notice = both.replace(entry().encode(), GONE.encode())
    again = feed(entry(updated="2025-02-08T09:00:00Z"), GONE)
    source = Source(name="news.atom", kind="file", path=file)
    withdrawn: list[list[tuple[str, str | None]]] = []
    counted = []
    with open_working(tmp_path / "working.duckdb") as con:
        migrate(con)
        for number, body in enumerate([both, with_notice, with_notice, feed(), again]):
            file.write_bytes(body)
            at = START + timedelta(hours=number)
            ledger.start_run(con, f"r{number}", at, "code")
            counts = run_ingest(partial(transaction, con), [source], f"r{number}", at)
            counted.append((counts.seen, counts.withdrawn, counts.unchanged))
            withdrawn.append(
                con.sql(
                    "SELECT locator, reason FROM ingest.tombstones JOIN ingest.documents "
                    "USING (document_id) WHERE returned_at IS NULL"
                ).fetchall()
            )
    gone = [("tag:a.example,2025:1", "feed.deleted")]
    assert counted == [(2, 0, 0), (2, 1, 1), (2, 0, 2), (0, 0, 0), (1, 0, 1)]
    assert withdrawn == [[], gone, gone, gone, []]
