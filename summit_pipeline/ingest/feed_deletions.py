"""Notices in a feed that an entry was deleted: `at:deleted-entry` of RFC 6721.

Belongs here: reading the notices, and which of them are in force. Does not belong here: where they
stand in the text (`feed_outline`), what a withdrawal does to a document (`harvest`).

They are read from their start tags alone, so that ill-formed feeds are no different; feedparser
keeps only the last one of a feed.
"""

import html
import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from summit_pipeline.ingest.feed_model import FeedDeletion, FeedEntry, bounded_guid
from summit_pipeline.text.written_dates import read_date

NAMESPACE = "http://purl.org/atompub/tombstones/1.0"

_TAG_NAME = re.compile(r"<(?:([^\s:/<>]{1,100}):)?deleted-entry\b")
_ATTRIBUTE = re.compile(r"""\s(ref|when)\s{0,20}=\s{0,20}(?:"([^"<]*)"|'([^'<]*)')""")


def read_deletions(text: str, tags: Iterable[tuple[int, int]]) -> Iterator[FeedDeletion]:
    """The notices whose start tags lie at these places of a feed's text.

    A tag of another namespace says nothing, nor does one without a `ref`.
    """
    ours: dict[str, bool] = {}
    for start, end in tags:
        tag = text[start:end]
        name = _TAG_NAME.match(tag)
        if name is None:
            continue
        prefix = name[1] or ""
        if prefix not in ours or not prefix:
            # Without a prefix the tag itself has to say whose it is: a feed's default is Atom's.
            ours[prefix] = _declares(text if prefix else tag, prefix)
        stated = {m[1]: html.unescape(m[2] or m[3] or "") for m in _ATTRIBUTE.finditer(tag)}
        guid = bounded_guid(stated.get("ref", "").strip())
        if ours[prefix] and guid is not None:
            yield FeedDeletion(guid, stated.get("when", "").strip()[:200] or None)


def _declares(text: str, prefix: str) -> bool:
    name = f"xmlns:{re.escape(prefix)}" if prefix else "xmlns"
    pattern = rf"""\s{name}\s{{0,20}}=\s{{0,20}}["']{re.escape(NAMESPACE)}["']"""
    return re.search(pattern, text) is not None


def in_force(
    deletions: Iterable[FeedDeletion], entries: Iterable[FeedEntry]
) -> Iterator[FeedDeletion]:
    """The notices that no entry of the same feed has overtaken, one for each entry deleted.

    RFC 6721, section 3: of an entry and a notice with the same id the later one counts. Where one
    of the two times cannot be read for certain, what the feed shows is there.
    """
    shown: dict[str, FeedEntry] = {entry.guid: entry for entry in entries if entry.guid}
    told: set[str] = set()
    for deletion in deletions:
        entry = shown.get(deletion.guid)
        if deletion.guid in told or (entry and not _is_later(deletion, entry)):
            continue
        told.add(deletion.guid)
        yield deletion


def _is_later(deletion: FeedDeletion, entry: FeedEntry) -> bool:
    when = _moment(deletion.when)
    times = [at for at in (_moment(entry.updated), _moment(entry.published)) if at is not None]
    return when is not None and bool(times) and when >= max(times)


def _moment(written: str | None) -> datetime | None:
    return read_date(written).at if written else None
