"""What each source gave in a run is told by source, and only for those that had their turn."""

from datetime import datetime, timedelta
from pathlib import Path

from runs_in_memory import Runs

from summit_pipeline.ingest.items import Item, Rejection, Seen
from summit_pipeline.ingest.source_reads import NO_SOURCE, source_reads
from summit_pipeline.ingest.sources import Source
from summit_pipeline.ingest.tables import FetchState, SourceRead

AT = datetime(2025, 2, 7, 12)
URL = "https://example.org/feed"
FOLDER = Source("folder", "folder", Path("folder"))
FEED = Source("feed", "feed", Path(), url=URL)


def item(source: str, identity: str, text: str) -> Item:
    return Item(source, identity, identity, "guid", "o", "text/plain", text.encode())


def refused(source: str, reason: str) -> Rejection:
    return Rejection(source, ".", reason, "d", b"", 0, "h")


def reads(
    things: list[Seen], *states: FetchState, runs: Runs | None = None
) -> dict[str, SourceRead]:
    runs = runs or Runs()
    runs.run(*things)
    missing = {r.source for r in runs.last.rejections if r.reason == NO_SOURCE}
    found = source_reads(
        (FOLDER, FEED), {s.source: s for s in states}, runs.harvester.by_source, missing, "r", AT
    )
    return {read.source: read for read in found}


def test_counts_stand_with_their_source() -> None:
    runs = Runs()
    runs.run(item("folder", "a", "1"), item("folder", "b", "1"))
    things: list[Seen] = [
        item("folder", "a", "2"),
        item("folder", "b", "1"),
        item("folder", "b", "1"),
        item("folder", "c", "1"),
        refused("folder", "file.empty"),
        item("feed", "x", "1"),
    ]
    state = FetchState(source="feed", url=URL, status="ok", last_attempt_at=AT, last_full_at=AT)
    found = reads(things, state, runs=runs)
    folder, feed = found["folder"], found["feed"]
    assert (folder.items, folder.new, folder.changed, folder.quarantined) == (3, 1, 1, 1)
    assert (feed.outcome, feed.items, feed.new, feed.changed, feed.quarantined) == (
        "read", 1, 1, 0, 0,
    )  # fmt: skip


def test_a_feed_whose_turn_has_not_come_has_no_row() -> None:
    earlier = FetchState(
        source="feed", url=URL, status="ok", last_attempt_at=AT - timedelta(hours=1)
    )
    assert set(reads([], earlier)) == {"folder"}
    assert set(reads([])) == {"folder"}


def test_outcomes() -> None:
    state = FetchState(source="feed", url=URL, status="ok", last_attempt_at=AT)
    assert reads([], state)["feed"].outcome == "not_modified"
    failing = FetchState(
        source="feed", url=URL, status="failing", reason="fetch.dns", last_attempt_at=AT
    )
    found = reads([refused("folder", "source.missing")], failing)
    assert (found["feed"].outcome, found["feed"].reason) == ("failed", "fetch.dns")
    assert (found["folder"].outcome, found["folder"].reason) == ("failed", "source.missing")
