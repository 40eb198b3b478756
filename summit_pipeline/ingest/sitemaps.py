"""Sitemaps and their indexes (sitemaps.org, Google News): the addresses that they list.

Belongs here: from bytes to entries. Does not belong here: fetching what is listed (`linked_pages`).
Runs in the child process. One pass that finds the next tag and never goes back; no entity of a
document type is ever expanded.
"""

import html
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from summit_pipeline.text.decoding import decode

MAX_ENTRIES = 5_000
"""As many as of a feed; a news sitemap lists at most 1,000 (Google's rule)."""

_MAX_UNPACKED = 50_000_000  # the protocol's own limit
_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:urlset|sitemapindex)[\s>]", re.I)
_OPEN = re.compile(r"<(?P<name>(?:[\w.-]{1,40}:)?(?:url|sitemap))\s*>", re.I)
# Pictures and films have addresses and titles of their own.
_OTHERS = re.compile(r"<(image:image|video:video)\b", re.I)
_FIELD = re.compile(
    r"<(?:[\w.-]{1,40}:)?(loc|lastmod|title|publication_date)\s*>"
    r"\s*(?:<!\[CDATA\[(.{0,4000}?)\]\]>|([^<]{0,4000}))",
    re.I | re.S,
)


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A page that a sitemap lists; times as written."""

    url: str
    title: str | None = None
    published: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists: pages, or further sitemaps."""

    pages: tuple[SitemapEntry, ...] = ()
    sitemaps: tuple[str, ...] = ()
    unread: int = 0  # entries above the limit
    fault: str | None = None  # code of what is wrong with it as a whole or at its end


def is_sitemap(body: bytes) -> bool:
    """Whether bytes are a sitemap or an index of sitemaps, packed or not, by their beginning."""
    head = body[:2_000]
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(31).decompress(body[:2_000], 2_000)
        except zlib.error:
            return False
    return _ROOT.search(head) is not None


def read_sitemap(body: bytes, declared: str | None = None) -> Sitemap:
    """Read a sitemap; never raises on what the bytes hold."""
    if not is_sitemap(body):
        return Sitemap(fault="parse.not_a_sitemap")
    if body.startswith(b"\x1f\x8b"):
        packed = zlib.decompressobj(31)
        try:
            body = packed.decompress(body, _MAX_UNPACKED)
        except zlib.error:
            return Sitemap(fault="archive.broken")
        if packed.unconsumed_tail:
            return Sitemap(fault="archive.ratio")
    pages: list[SitemapEntry] = []
    sitemaps: list[str] = []
    unread, fault = 0, None
    for name, entry in _entries(decode(body, declared).text):
        if entry is None:
            fault = "parse.incomplete_item"
        elif len(pages) + len(sitemaps) >= MAX_ENTRIES:
            unread += 1
        elif name.endswith("sitemap"):
            sitemaps.append(entry.url)
        else:
            pages.append(entry)
    return Sitemap(tuple(pages), tuple(sitemaps), unread, fault)


def _entries(text: str) -> Iterator[tuple[str, SitemapEntry | None]]:
    """Each entry with the name of its element; None for one that never ends, which is the last."""
    at = 0
    while (start := _OPEN.search(text, at)) is not None:
        name = start["name"]
        end = text.find(f"</{name}", start.end())
        if end < 0:
            yield name.lower(), None
            return
        yield name.lower(), _entry(text[start.end() : end])
        at = end + len(name) + 2


def _entry(block: str) -> SitemapEntry:
    fields: dict[str, str] = {}
    for match in _FIELD.finditer(_own(block)):
        written = match[2] if match[2] is not None else html.unescape(match[3])
        fields.setdefault(match[1].lower(), " ".join(written.split()))
    return SitemapEntry(
        fields.get("loc", "")[:2_048],
        fields.get("title", "")[:1_000] or None,
        fields.get("publication_date", "")[:200] or None,
        fields.get("lastmod", "")[:200] or None,
    )


def _own(block: str) -> str:
    """An entry without its pictures and films."""
    kept = []
    at = 0
    while (start := _OTHERS.search(block, at)) is not None:
        kept.append(block[at : start.start()])
        end = block.find(f"</{start[1]}", start.end())
        if end < 0:
            return "".join(kept)
        at = end + len(start[1]) + 2
    return "".join([*kept, block[at:]])
