"""Runs over addresses of pages and sitemaps, from the fetch to the stored documents."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import duckdb
import pytest

from summit_pipeline.execution.ingesting import run_ingest
from summit_pipeline.ingest.fetch import Fetched, FetchLimits
from summit_pipeline.ingest.fetching import Fetcher
from summit_pipeline.ingest.harvest import Counts
from summit_pipeline.ingest.hosts import Hosts
from summit_pipeline.ingest.sources import Source
from summit_pipeline.warehouse import ledger
from summit_pipeline.warehouse.connection import open_working
from summit_pipeline.warehouse.migrations import migrate
from summit_pipeline.warehouse.store import transaction

NOW = datetime(2025, 2, 7, 12)
INDEX = "https://a.example/index.xml"
NEWS = "https://a.example/news.xml"
ONE, TWO = "https://a.example/one", "https://a.example/two"
HTML = {"content-type": "text/html"}


def page(text: str, canonical: str = "") -> bytes:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return f"<html><head>{link}</head><body><article><p>{text}</p></article></body></html>".encode()


FIRST = page("The deficit rose to $68.5 billion in 2024, the office said on Friday.", ONE)
SECOND = page("Exports grew by four per cent while imports fell for the third year.")


def sitemap(*urls: str) -> bytes:
    return b"<urlset>%s</urlset>" % b"".join(
        b"<url><loc>%s</loc></url>" % url.encode() for url in urls
    )


class Site:
    """Serves bodies by address, 404 for any other; some with an ETag."""

    def __init__(self, served: Mapping[str, bytes], tagged: Collection[str] = ()) -> None:
        self.served, self.tagged = dict(served), tagged

    def __call__(self, url: str, headers: Mapping[str, str], limits: FetchLimits) -> Fetched:
        body = self.served.get(url)
        tag = f'"{hash(body)}"'
        if headers.get("If-None-Match") == tag:
            return Fetched(304, url, (url,), {}, b"", "192.0.2.1")
        told = {**HTML, "etag": tag} if url in self.tagged else HTML
        return Fetched(200 if body else 404, url, (url,), told, body or b"", "192.0.2.1")


class Runs:
    """Runs one after the other over one working file and one source."""

    def __init__(self, con: duckdb.DuckDBPyConnection, source: Source) -> None:
        self.con, self.source, self.number = con, source, 0

    def run(self, served: Mapping[str, bytes], hours: int, tagged: Collection[str] = ()) -> Counts:
        at = NOW + timedelta(hours=hours)
        self.number += 1
        ledger.start_run(self.con, f"r{self.number}", at, "code")
        hosts = Hosts(fetch=Site(served, tagged), sleep=lambda seconds: None, clock=lambda: 0.0)
        transact = partial(transaction, self.con)
        return run_ingest(transact, [self.source], f"r{self.number}", at, Fetcher(hosts))


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_working(tmp_path / "w.duckdb") as con:
        migrate(con)
        yield con


def counted(counts: Counts) -> tuple[int, int, int, int, int]:
    return counts.new, counts.changed, counts.unchanged, counts.quarantined, counts.skipped


def test_the_pages_of_a_sitemap_index(con: duckdb.DuckDBPyConnection) -> None:
    index = b"<sitemapindex><sitemap><loc>%s</loc></sitemap></sitemapindex>" % NEWS.encode()
    source = Source(name="s", kind="address", path=Path(), url=INDEX, fetch_pages=True)
    runs = Runs(con, source)
    served = {INDEX: index, NEWS: sitemap(ONE, TWO), ONE: FIRST}
    assert counted(runs.run(served, 0)) == (1, 0, 0, 1, 0)  # the second page is not there yet
    served |= {TWO: SECOND}
    assert counted(runs.run(served, 2)) == (1, 0, 0, 0, 1)  # the first is known and not yet due
    served |= {ONE: page("The deficit rose to $71.6 billion in 2024, the office said on Friday.")}
    assert counted(runs.run(served, 8)) == (0, 1, 1, 0, 0)
    assert counted(runs.run(served, 9)) == (0, 0, 0, 0, 2)
    rows = con.sql("SELECT url, looks FROM ops.page_states ORDER BY url").fetchall()
    assert rows == [(ONE, 2), (TWO, 2)]
    left = con.sql("SELECT state FROM ops.quarantine").fetchall()
    assert left == [("resolved",)]


def test_a_page_that_is_named(con: duckdb.DuckDBPyConnection) -> None:
    runs = Runs(con, Source(name="s", kind="page", path=Path(), url=f"{ONE}?utm_source=x"))
    assert counted(runs.run({runs.source.url or "": FIRST}, 0)) == (1, 0, 0, 0, 0)
    assert counted(runs.run({runs.source.url or "": FIRST}, 2)) == (0, 0, 1, 0, 0)
    assert con.sql("SELECT name FROM ingest.document_names ORDER BY name LIMIT 1").fetchall()


def test_a_feed_whose_pages_are_fetched_keeps_its_documents(con: duckdb.DuckDBPyConnection) -> None:
    feed = (
        b"<rss><channel><item><guid>g1</guid><link>%s</link><title>T</title>"
        b"<description>In short.</description></item></channel></rss>" % ONE.encode()
    )
    runs = Runs(con, Source(name="s", kind="feed", path=Path(), url=INDEX, fetch_pages=True))
    assert counted(runs.run({INDEX: feed}, 0)) == (1, 0, 0, 0, 0)  # the entry for itself
    assert counted(runs.run({INDEX: feed, ONE: FIRST}, 2)) == (0, 1, 0, 0, 0)  # now its page
    assert counted(runs.run({INDEX: feed, ONE: FIRST}, 3)) == (0, 0, 0, 0, 1)
    assert counted(runs.run({INDEX: feed, ONE: FIRST}, 8)) == (0, 0, 1, 0, 0)
    assert con.sql("SELECT count(*) FROM ingest.documents").fetchall() == [(1,)]


def test_pages_are_looked_at_though_their_feed_has_not_changed(
    con: duckdb.DuckDBPyConnection,
) -> None:
    feed = (
        b"<rss><channel><item><guid>g1</guid><link>%s</link><title>T</title>"
        b"<pubDate>Thu, 06 Feb 2025 10:00:00 GMT</pubDate></item></channel></rss>" % ONE.encode()
    )
    edited = page("The deficit rose to $71.6 billion in 2024, the office said on Friday.", ONE)
    runs = Runs(con, Source(name="s", kind="feed", path=Path(), url=INDEX, fetch_pages=True))
    assert counted(runs.run({INDEX: feed, ONE: FIRST}, 0, {INDEX})) == (1, 0, 0, 0, 0)
    assert counted(runs.run({INDEX: feed, ONE: edited}, 2, {INDEX})) == (0, 0, 0, 0, 0)
    assert counted(runs.run({INDEX: feed, ONE: edited}, 8, {INDEX})) == (0, 1, 0, 0, 0)
    found = con.sql("SELECT outcome FROM ops.source_reads ORDER BY read_at").fetchall()
    assert found == [("read",), ("not_modified",), ("not_modified",)]
    versions = con.sql(
        "SELECT DISTINCT document_id, locator, published_field FROM ingest.document_versions"
    ).fetchall()
    assert [row[1:] for row in versions] == [("g1", "Thu, 06 Feb 2025 10:00:00 GMT")]
    # Its feed shows it no more, which means nothing; it is gone, which does.
    empty = b"<rss><channel><title>A</title></channel></rss>"
    assert runs.run({INDEX: empty, ONE: edited}, 25, {INDEX}).unchanged == 1
    assert con.sql("SELECT looks, guid FROM ops.page_states").fetchall() == [(3, "g1")]
