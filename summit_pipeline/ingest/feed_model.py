"""What a feed holds, before any of it becomes an item.

Belongs here: plain values that can cross from the child process that parses foreign bytes, and the
bounds of their fields. Does not belong here: parsing (`feeds`), making items (`feed_items`).
Imports nothing that is slow or large, since the child has little memory.
"""

import hashlib
from dataclasses import dataclass

MAX_ITEMS = 5_000
"""A feed with more is cut: the largest of 200 real feeds has 1,100 items."""

MAX_TITLE = 1_000
MAX_ADDRESS = 2_048
MAX_DATE = 200
MAX_TEXT = 2_000_000

HEAD_BYTES = 4_096

CUT = "text.truncated"
"""The note of an entry whose fields were cut."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry as the feed states it; `text` is markup where `media_type` says so."""

    position: int  # place in the feed, from 1
    guid: str | None
    url: str | None
    title: str | None
    text: str
    media_type: str  # text/plain or text/html
    published: str | None  # as written
    notes: tuple[str, ...] = ()
    updated: str | None = None  # as written


@dataclass(frozen=True, slots=True)
class FeedDeletion:
    """The feed's own word that it deleted the entry with this guid."""

    guid: str
    when: str | None  # as written


@dataclass(frozen=True, slots=True)
class FeedFault:
    """A feed, or one entry of it (`position` from 1), that cannot be used."""

    reason: str
    detail: str
    position: int | None
    head: bytes
    size: int
    body_hash: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that was read; a feed that could not be read at all has one fault without position."""

    form: str  # rss20, atom10, jsonfeed, ...; "" where it is none
    entries: tuple[FeedEntry, ...]
    faults: tuple[FeedFault, ...]
    unread: int = 0  # entries above the limit, counted only
    deletions: tuple[FeedDeletion, ...] = ()

    @property
    def is_used_whole(self) -> bool:
        """Whether nothing of it was refused, left out or cut."""
        cut = any(note.startswith(CUT) for entry in self.entries for note in entry.notes)
        return not (self.faults or self.unread or cut)

    @property
    def seen(self) -> int:
        """Entries that the feed holds, usable or not, up to the limit."""
        return len(self.entries) + sum(fault.position is not None for fault in self.faults)


def fault(reason: str, detail: str, body: bytes, position: int | None = None) -> FeedFault:
    """A fault of a feed or of the entry whose bytes these are."""
    digest = hashlib.sha256(body).hexdigest()
    return FeedFault(reason, detail, position, body[:HEAD_BYTES], len(body), digest)


def refused(reason: str, detail: str, body: bytes) -> Feed:
    """A feed that cannot be read at all."""
    return Feed("", (), (fault(reason, detail, body),))


def bounded_guid(guid: str | None) -> str | None:
    """A guid of bounded length: cut, two long guids could become one."""
    if guid is not None and len(guid) > MAX_ADDRESS:
        return "sha256:" + hashlib.sha256(guid.encode("utf-8", "surrogatepass")).hexdigest()
    return guid or None


def bounded_entry(
    position: int,
    *,
    guid: str | None,
    url: str | None,
    title: str | None,
    text: str,
    media_type: str,
    published: str | None,
    updated: str | None = None,
    notes: tuple[str, ...] = (),
) -> FeedEntry:
    """An entry with its fields cut to their bounds; each cut is noted."""
    cut = [
        name
        for name, value, bound in (
            ("title", title, MAX_TITLE),
            ("url", url, MAX_ADDRESS),
            ("text", text, MAX_TEXT),
            ("published", published, MAX_DATE),
        )
        if value is not None and len(value) > bound
    ]
    return FeedEntry(
        position=position,
        guid=bounded_guid(guid),
        url=url[:MAX_ADDRESS] if url else None,
        title=title[:MAX_TITLE] if title else None,
        text=text[:MAX_TEXT],
        media_type=media_type,
        published=published[:MAX_DATE] if published else None,
        notes=notes + ((f"{CUT}: {', '.join(cut)}",) if cut else ()),
        updated=updated[:MAX_DATE] if updated else None,
    )
