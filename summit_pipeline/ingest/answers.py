"""What an address has served, read by its form: a feed, a sitemap or a page.

Belongs here: telling the form, and what each form gives. Does not belong here: fetching
(`fetching`), the pages behind links (`linked_pages`).
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from summit_pipeline.ingest.feed_items import items_of_feed
from summit_pipeline.ingest.fetch import Fetched
from summit_pipeline.ingest.fetching import Fetcher
from summit_pipeline.ingest.files import reject_file
from summit_pipeline.ingest.items import Item, Rejection, Seen, Skipped
from summit_pipeline.ingest.linked_pages import (
    Linked,
    linked_of_item,
    linked_of_sitemap,
    page_item,
)
from summit_pipeline.ingest.parsing_child import ParsingChild
from summit_pipeline.ingest.sitemaps import MAX_ENTRIES, Sitemap, is_sitemap
from summit_pipeline.ingest.sources import Source, SourceKind
from summit_pipeline.ingest.tables import FetchState

SITEMAPS_A_TURN = 10
"""The first of an index: news sites list the sitemap of their latest articles there."""

_HEAD = 4_000
_ROOT = re.compile(rb"<(?:(!doctype\s+html|html)|rss|feed|rdf:rdf|channel)[\s>:]", re.I)

_FAULTS = {
    "parse.not_a_sitemap": "is no sitemap; correct the address, or its kind",
    "parse.incomplete_item": "breaks off within its last entry; the others were read",
    "archive.broken": "cannot be unpacked",
    "archive.ratio": "is larger than 50,000,000 bytes unpacked",
}


@dataclass(slots=True)
class Answered:
    """What an answer holds."""

    seen: list[Seen] = field(default_factory=list)
    linked: list[Linked] = field(default_factory=list)  # entries whose pages are wanted
    sitemaps: tuple[str, ...] = ()  # further sitemaps that are wanted
    fault: str | None = None  # code, where it could not be used at all
    is_used_whole: bool = True


def served_form(kind: SourceKind, answer: Fetched) -> SourceKind:
    """What an address has served; a kind that is configured is believed."""
    if kind != "address":
        return kind
    if is_sitemap(answer.body):
        return "sitemap"
    root = _ROOT.search(answer.body, 0, _HEAD)
    if root is not None:
        return "page" if root[1] else "feed"
    return "page" if "html" in answer.headers.get("content-type", "").lower() else "feed"


def read_answer(source: Source, answer: Fetched, child: ParsingChild) -> Answered:
    """Read what a source's address has served; never raises on what the bytes hold."""
    url = source.url or answer.url
    form = served_form(source.kind, answer)
    if form == "page":
        page = page_item(source, answer, url, None)
        return Answered([page], fault=page.reason if isinstance(page, Rejection) else None)
    if form == "sitemap":
        sitemap = child.sitemap(answer.body, answer.charset)
        return sitemap_answered(source, url, sitemap, answer.body)
    return _feed(source, url, answer, child)


def _feed(source: Source, url: str, answer: Fetched, child: ParsingChild) -> Answered:
    feed = child.feed(answer.body, answer.charset)
    answered = Answered(is_used_whole=feed.is_used_whole)
    answered.fault = next((f.reason for f in feed.faults if f.position is None), None)
    for thing in items_of_feed(feed, source, url, answer.body):
        linked = linked_of_item(thing) if source.fetch_pages and isinstance(thing, Item) else None
        if linked is None:
            answered.seen.append(thing)
        else:
            answered.linked.append(linked)
    return answered


def sitemap_answered(source: Source, url: str, sitemap: Sitemap, body: bytes) -> Answered:
    """What a sitemap holds: links, or reasons why they are not followed."""
    answered = Answered(list(_faults(source, url, sitemap, body)))
    if not sitemap.pages and not sitemap.sitemaps:
        answered.fault = sitemap.fault
    for entry in sitemap.pages:
        if not source.fetch_pages:
            answered.seen.append(
                Skipped(
                    source.name, entry.url or url,
                    "page: a sitemap names it and holds no text; fetch_pages = true fetches it",
                )
            )  # fmt: skip
        else:
            answered.linked.append(linked_of_sitemap(entry))
    if source.fetch_pages:
        answered.sitemaps = sitemap.sitemaps
    else:
        answered.seen += [
            Skipped(source.name, more, "sitemap: only fetch_pages = true follows it")
            for more in sitemap.sitemaps
        ]
    return answered


def follow_sitemaps(
    source: Source, answered: Answered, fetcher: Fetcher, child: ParsingChild, now: datetime
) -> None:
    """Add to an answer what the sitemaps hold that an index lists, the first of them; no deeper."""
    for url in answered.sitemaps[:SITEMAPS_A_TURN]:
        outcome = fetcher.fetch(FetchState(source=source.name, url=url), timedelta(hours=1), now)
        if outcome.answer is None:
            reason, body = outcome.reason or "", url.encode("utf-8", "replace")
            answered.seen.append(reject_file(source.name, url, reason, outcome.detail, body))
            continue
        sitemap = child.sitemap(outcome.answer.body, outcome.answer.charset)
        more = sitemap_answered(source, url, sitemap, outcome.answer.body)
        answered.seen += more.seen
        answered.linked += more.linked
    answered.seen += [
        Skipped(source.name, url, f"sitemap: {SITEMAPS_A_TURN} of an index are read in a turn")
        for url in answered.sitemaps[SITEMAPS_A_TURN:]
    ]


def _faults(source: Source, url: str, sitemap: Sitemap, body: bytes) -> Iterator[Rejection]:
    if sitemap.fault is not None:
        detail = _FAULTS.get(sitemap.fault, "takes more than it may to parse")
        yield reject_file(source.name, url, sitemap.fault, detail, body)
    if sitemap.unread:
        digest = hashlib.sha256(body).hexdigest()
        yield Rejection(
            source.name, url, "parse.too_many_items",
            f"{url}: the first {MAX_ENTRIES:,} entries were read, {sitemap.unread:,} more were "
            "not; name the news sitemap, or a part of an index",
            body[:4_096], len(body), digest,
        )  # fmt: skip
