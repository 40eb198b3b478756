"""Sitemaps: news entries, indexes, packed ones, and what is broken in them."""

import gzip
import os
from pathlib import Path

import pytest

from summit_pipeline.ingest import sitemaps
from summit_pipeline.ingest.folder import read_source
from summit_pipeline.ingest.items import Skipped
from summit_pipeline.ingest.parsing_child import ParsingChild
from summit_pipeline.ingest.sitemaps import SitemapEntry, is_sitemap, read_sitemap
from summit_pipeline.ingest.sources import Source

NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
 <url>
  <image:image><image:loc>https://a.example/p.jpg</image:loc><image:title>Pic</image:title></image:image>
  <loc>https://a.example/one?x=1&amp;y=2</loc>
  <news:news><news:publication><news:name>A</news:name><news:language>en</news:language></news:publication>
   <news:publication_date>2025-02-07T10:00:00Z</news:publication_date>
   <news:title><![CDATA[Deficit & debt]]></news:title></news:news>
 </url>
 <url><loc>
   https://a.example/two</loc><lastmod>2025-02-06</lastmod></url>
</urlset>"""
ENTRIES = (
    SitemapEntry("https://a.example/one?x=1&y=2", "Deficit & debt", "2025-02-07T10:00:00Z", None),
    SitemapEntry("https://a.example/two", None, None, "2025-02-06"),
)


@pytest.mark.parametrize("body", [NEWS, gzip.compress(NEWS), b"\xef\xbb\xbf" + NEWS])
def test_a_news_sitemap(body: bytes) -> None:
    assert is_sitemap(body)
    read = read_sitemap(body)
    assert (read.pages, read.fault, read.unread) == (ENTRIES, None, 0)


def test_an_index_and_other_prefixes() -> None:
    body = (
        b'<s:sitemapindex xmlns:s="x"><s:sitemap><s:loc>https://a.example/1.xml</s:loc>'
        b"</s:sitemap><s:sitemap><s:loc>https://a.example/2.xml</s:loc></s:sitemap></s:sitemapindex>"
    )
    assert read_sitemap(body).sitemaps == ("https://a.example/1.xml", "https://a.example/2.xml")


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"<rss/>", b"\x1f\x8bx", os.urandom(5_000), b"{}", b"<urlsets>"]
)
def test_what_is_no_sitemap(body: bytes) -> None:
    assert not is_sitemap(body)
    assert read_sitemap(body).fault == "parse.not_a_sitemap"


def test_a_cut_sitemap_keeps_its_whole_entries() -> None:
    read = read_sitemap(NEWS[: NEWS.index(b"<lastmod>")])
    assert (read.pages, read.fault) == (ENTRIES[:1], "parse.incomplete_item")


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_ENTRIES", 1)
    read = read_sitemap(NEWS)
    assert (read.pages, read.unread) == (ENTRIES[:1], 1)
    monkeypatch.setattr(sitemaps, "_MAX_UNPACKED", 100)
    assert read_sitemap(gzip.compress(NEWS)).fault == "archive.ratio"


def test_a_saved_sitemap_says_why_it_gives_nothing(tmp_path: Path) -> None:
    (tmp_path / "news.xml").write_bytes(NEWS)
    things = list(read_source(Source(name="s", kind="folder", path=tmp_path)))
    assert [type(t) for t in things] == [Skipped, Skipped]
    assert "fetch_pages = true" in things[0].reason  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "body",
    [
        b"<urlset>" + b"<url>" * 400_000,
        b"<urlset><url>" + b"<image:image>" * 100_000 + b"</url>",
        b"<urlset><url>" + b"<loc>" * 400_000 + b"</url></urlset>",
        b'<!DOCTYPE x [<!ENTITY c "&a;&a;">]><urlset><url><loc>&c;</loc></url></urlset>',
    ],
    ids=["unclosed", "pictures", "fields", "entities"],
)
def test_hostile_sitemaps_end(body: bytes) -> None:
    with ParsingChild() as child:
        read = child.sitemap(body)
    assert [page.url for page in read.pages] in ([], [""], ["&c;"])
