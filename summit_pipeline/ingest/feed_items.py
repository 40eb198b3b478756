"""From the entries of a feed to items.

Belongs here: name, outlet and notes of feed entries, notices of withdrawal. Does not belong here:
parsing (`feeds`), or which known document an entry is (`identity`).
"""

import hashlib
from collections.abc import Iterator

from summit_pipeline.ingest.addresses import address_notes, host_of
from summit_pipeline.ingest.feed_deletions import in_force
from summit_pipeline.ingest.feed_model import MAX_ITEMS, Feed, FeedEntry
from summit_pipeline.ingest.items import Gone, Item, Rejection, Seen
from summit_pipeline.ingest.sources import Source


def items_of_feed(feed: Feed, source: Source, locator: str, body: bytes) -> Iterator[Seen]:
    """Everything that a feed holds, in its order; `locator` names the feed."""
    for entry in feed.entries:
        yield _item(entry, source, locator)
    for deletion in in_force(feed.deletions, feed.entries):
        when = f" on {deletion.when}" if deletion.when else ""
        yield Gone(
            source.name, locator, deletion.guid, None, "feed.deleted",
            f"{locator}: the feed says that it deleted this entry{when}",
        )  # fmt: skip
    for fault in feed.faults:
        place = locator if fault.position is None else f"{locator}#{fault.position}"
        yield Rejection(
            source.name, place, fault.reason, f"{place}: {fault.detail}",
            fault.head, fault.size, fault.body_hash,
        )  # fmt: skip
    if feed.unread:
        yield Rejection(
            source.name, locator, "parse.too_many_items",
            f"{locator}: the first {MAX_ITEMS:,} items were read, {feed.unread:,} more were not; "
            "ask for a shorter feed, or part the file",
            body[:4096], len(body), hashlib.sha256(body).hexdigest(),
        )  # fmt: skip


def _item(entry: FeedEntry, source: Source, feed_locator: str) -> Seen:
    place = f"{feed_locator}#{entry.position}"
    body = entry.text.encode("utf-8", "replace")
    if not entry.text.strip() and not entry.title:
        return Rejection(
            source.name, place, "parse.no_text", f"{place}: the entry has neither title nor text",
            b"", 0, hashlib.sha256(b"").hexdigest(),
        )  # fmt: skip
    return Item(
        source=source.name,
        locator=entry.guid or entry.url or place,
        identity=entry.guid,
        identity_basis="guid" if entry.guid else "url",
        outlet=source.outlet or host_of(entry.url) or source.name,
        media_type="text/html" if entry.media_type == "text/html" else "text/plain",
        body=body,
        title=entry.title,
        url=entry.url,
        published=entry.published,
        declared_encoding="utf-8",
        date_order=source.date_order,
        language=source.language,
        notes=entry.notes + address_notes(entry.url),
    )
