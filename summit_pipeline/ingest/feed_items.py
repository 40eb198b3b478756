"""From the entries of a feed to items: what makes an entry the same document next time.

Belongs here: identity, outlet and notes of feed entries. Does not belong here: parsing (`feeds`).
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from summit_pipeline.ingest.addresses import address_notes, canonical_address, host_of
from summit_pipeline.ingest.feed_model import MAX_ITEMS, Feed, FeedEntry
from summit_pipeline.ingest.items import Item, Rejection, Seen
from summit_pipeline.ingest.sources import Source


def items_of_feed(feed: Feed, source: Source, locator: str, body: bytes) -> Iterator[Seen]:
    """Everything that a feed holds, in its order; `locator` names the feed."""
    shared = _shared_guids(feed.entries)
    for entry in feed.entries:
        yield _item(entry, source, locator, entry.guid in shared)
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


def _shared_guids(entries: Iterable[FeedEntry]) -> set[str]:
    """Guids that entries with different addresses bear: they name no document."""
    addresses: dict[str, set[str | None]] = defaultdict(set)
    for entry in entries:
        if entry.guid:
            addresses[entry.guid].add(canonical_address(entry.url))
    return {guid for guid, found in addresses.items() if len(found) > 1}


def _item(entry: FeedEntry, source: Source, feed_locator: str, guid_is_shared: bool) -> Seen:
    place = f"{feed_locator}#{entry.position}"
    body = entry.text.encode("utf-8", "replace")
    if not entry.text.strip() and not entry.title:
        return Rejection(
            source.name, place, "parse.no_text", f"{place}: the entry has neither title nor text",
            b"", 0, hashlib.sha256(b"").hexdigest(),
        )  # fmt: skip
    content = hashlib.sha256(f"{entry.title}\x1f{entry.text}".encode("utf-8", "replace"))
    # A guid that is an address may carry a session; its canonical form does not.
    guid = None if guid_is_shared else canonical_address(entry.guid) or entry.guid
    identity, basis = next(
        (value, name)
        for name, value in (
            ("guid", guid),
            ("url", canonical_address(entry.url)),
            ("content", content.hexdigest()),
        )
        if value
    )
    return Item(
        source=source.name,
        locator=(None if guid_is_shared else entry.guid) or entry.url or place,
        identity=identity,
        identity_basis=basis,
        outlet=source.outlet or host_of(entry.url) or source.name,
        media_type="text/html" if entry.media_type == "text/html" else "text/plain",
        body=body,
        title=entry.title,
        url=entry.url,
        published=entry.published,
        declared_encoding="utf-8",
        date_order=source.date_order,
        notes=entry.notes + address_notes(entry.url),
    )
