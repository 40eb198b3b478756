"""From the bytes of a feed to its entries: RSS, RDF, Atom, JSON Feed.

Belongs here: what is refused before any parser sees it, what a parser may see, and which one does.
Does not belong here: entries of XML (`feed_xml`) and of JSON Feed (`feeds_json`), making items
(`feed_items`), running all this in a child process (`parsing_child`).
"""

import re
from dataclasses import replace

from summit_pipeline.ingest.feed_deletions import read_deletions
from summit_pipeline.ingest.feed_model import (
    MAX_ITEMS,
    Feed,
    FeedEntry,
    FeedFault,
    fault,
    refused,
)
from summit_pipeline.ingest.feed_outline import MAX_DEPTH, Outline, outline
from summit_pipeline.ingest.feed_repairs import RSS_10, RSS_11, close_sections
from summit_pipeline.ingest.feed_xml import parsed_entries, rescued_entries, stated_title
from summit_pipeline.ingest.feeds_json import read_json_feed
from summit_pipeline.text.decoding import Decoded, decode

_XML_ENCODING = re.compile(rb"""<\?xml[^<>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]{2,40})""", re.I)
_XML_DECLARATION = re.compile(r"\s*<\?xml\b[^<>]{0,400}\?>", re.I)
_BINARY = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF")
_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_REFUSED_CHARSETS = frozenset({"utf-7", "u7", "utf7", "unicode-1-1-utf-7", "csunicode11utf7"})


def read_feed(body: bytes, declared: str | None = None) -> Feed:
    """Read a feed; never raises on what the bytes hold.

    Args:
        body: the bytes as delivered.
        declared: the character encoding that the delivery states outside the bytes, if any.
    """
    stated = _XML_ENCODING.search(body, 0, 1024)
    declared = declared or (stated.group(1).decode("ascii") if stated else None)
    if declared and declared.lower().replace("_", "-") in _REFUSED_CHARSETS:
        return refused(
            "text.charset_refused", f"the encoding {declared} hides markup; ask for UTF-8", body
        )
    if body.lstrip().startswith(_BINARY):
        return _not_a_feed("a picture, an archive or another binary file", body)
    decoded = decode(body, declared)
    text = decoded.text.lstrip("\ufeff \t\r\n")
    notes = _charset_notes(body, decoded)
    if text.startswith("{"):
        return read_json_feed(text, body, notes)
    if not text.startswith("<"):
        return _not_a_feed("neither XML nor JSON", body)
    return _read_xml(text, body, notes)


def _not_a_feed(what: str, body: bytes) -> Feed:
    return refused(
        "parse.not_a_feed", f"is no feed but {what}; correct the address, or the file's name", body
    )


def _charset_notes(body: bytes, decoded: Decoded) -> tuple[str, ...]:
    """A note where the encoding is a guess, with the hashes of both readings."""
    if decoded.basis not in ("detected", "fallback"):
        return ()
    guess = fault("", "", decoded.text.encode("utf-8", "replace")).body_hash[:16]
    other = fault("", "", body.decode("utf-8", "replace").encode()).body_hash[:16]
    return (f"text.charset_guess: {decoded.encoding} {guess}, utf-8 {other}",)


def _read_xml(text: str, body: bytes, notes: tuple[str, ...]) -> Feed:
    text, was_unclosed = close_sections(text)
    if was_unclosed:
        notes += ("parse.recovered: a CDATA section without an end",)
    plan = outline(text)
    if plan.depth > MAX_DEPTH:
        return refused("parse.depth", f"elements lie more than {MAX_DEPTH:,} deep", body)
    if plan.root not in _ROOTS and (plan.root == "html" or not plan.items):
        return _not_a_feed(f"a document of <{plan.root}>" if plan.root else "empty XML", body)
    if plan.declares_entities:
        notes += ("parse.dtd: entities of the feed's own are left as written",)
    readable, cut_off = _readable(text, plan)
    form, entries, recovered = parsed_entries(readable)
    if not entries and plan.items:
        entries, recovered = rescued_entries(readable, plan.items, text), "fastfeedparser"
    if recovered and (entries or plan.items):
        notes += (f"parse.recovered: {recovered}",)
    faults = [cut_off] if cut_off else []
    if not entries:
        # No parser found them; they must not be lost without a word.
        faults = [*_unread(text, plan), *faults]
    if len(entries) == len(plan.items):
        entries = [
            entry if entry.title else _titled(entry, text[slice(*span)])
            for entry, span in zip(entries, plan.items, strict=False)
        ]
    kept = [_noted(entry, notes) for entry in entries[:MAX_ITEMS]]
    deletions = tuple(read_deletions(text, plan.deletions))
    return Feed(form, tuple(kept), tuple(faults), plan.unread, deletions)


def _unread(text: str, plan: Outline) -> list[FeedFault]:
    detail = "no parser can read this item; look at its markup, or ask the publisher to mend it"
    return [
        fault("parse.bad_item", detail, text[slice(*span)].encode("utf-8", "replace"), position)
        for position, span in enumerate(plan.items, 1)
    ]


def _noted(entry: FeedEntry, notes: tuple[str, ...]) -> FeedEntry:
    return replace(entry, notes=notes + entry.notes) if notes else entry


def _titled(entry: FeedEntry, written: str) -> FeedEntry:
    """The entry with the title that its item states first; an empty media:title can hide it."""
    return replace(entry, title=stated_title(written))


def _readable(text: str, plan: Outline) -> tuple[str, FeedFault | None]:
    """The text that a parser may see: no DTD, not too many items, no half item at the end."""
    cut_off = None
    end = len(text)
    tail = ""
    if plan.open_item is not None and plan.open_elements:
        end = plan.open_item
        half = text[end:].encode("utf-8", "replace")
        cut_off = fault(
            "parse.incomplete_item",
            "the feed breaks off in the middle of this item; the next run may find it whole",
            half,
            len(plan.items) + plan.unread + 1,
        )
    if plan.open_elements:
        tail = "".join(f"</{name}>" for name in reversed(plan.open_elements))
    parts = [text[:end]]
    if plan.unread:
        parts = [text[: plan.items[-1][1]], text[plan.unread_end : end]]
    readable = "".join(parts) + tail
    if plan.doctype is not None:
        readable = readable[: plan.doctype[0]] + readable[plan.doctype[1] :]
    readable = readable.replace(RSS_11, RSS_10)
    # Decoded already: a declaration of another encoding would be obeyed a second time.
    return _XML_DECLARATION.sub("", readable, count=1).lstrip(), cut_off
