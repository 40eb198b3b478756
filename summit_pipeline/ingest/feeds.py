"""From the bytes of a feed to its entries: RSS, RDF, Atom, JSON Feed.

Belongs here: which parser reads what, and what is refused before any parser sees it. Does not
belong here: JSON Feed's fields (`feeds_json`), making items (`feed_items`), running all this in a
child process (`parsing_child`), dates (`text.written_dates`: no parser here is trusted with them).

feedparser reads entries best (127 of 135 feeds with the right number, 95 % of its suite's content
assertions); where it finds nothing though items are there, fastfeedparser may. The sanitising and
the resolving of addresses are off: texts are cleaned with exact offsets by a later stage, and
addresses are data.
"""

import html
import io
import re
from dataclasses import replace
from typing import Any

import feedparser.api

from summit_pipeline.ingest import buffered_expat
from summit_pipeline.ingest.feed_model import (
    MAX_ITEMS,
    Feed,
    FeedEntry,
    FeedFault,
    bounded_entry,
    fault,
    refused,
)
from summit_pipeline.ingest.feed_outline import MAX_DEPTH, Outline, outline
from summit_pipeline.ingest.feeds_json import read_json_feed
from summit_pipeline.text.decoding import Decoded, decode

_XML_ENCODING = re.compile(rb"""<\?xml[^<>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]{2,40})""", re.I)
_XML_DECLARATION = re.compile(r"\s*<\?xml\b[^<>]{0,400}\?>", re.I)
_BINARY = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF")
_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_REFUSED_CHARSETS = frozenset({"utf-7", "utf7", "unicode-1-1-utf-7", "csunicode11utf7"})
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d|#x|[a-zA-Z]{2,8};)")
_RAW_DATE = re.compile(
    r"<(?:\w{1,20}:)?(pubDate|published|date|updated|issued|modified)\b[^<>]{0,200}>([^<]{1,200})<",
    re.I,
)
_RAW_TITLE = re.compile(r"<title\b[^<>]{0,200}>\s*(?:<!\[CDATA\[)?([^<\]]{1,1000})", re.I)
_TEXT_TYPES = ("text/", "application/xhtml")

if buffered_expat.NAME not in feedparser.api.PREFERRED_XML_PARSERS:
    feedparser.api.PREFERRED_XML_PARSERS.insert(0, buffered_expat.NAME)


def read_feed(body: bytes, declared: str | None = None) -> Feed:
    """Read a feed; never raises on what the bytes hold.

    Args:
        body: the bytes as delivered.
        declared: the character encoding that the delivery states outside the bytes, if any.
    """
    stated = _XML_ENCODING.search(body, 0, 1024)
    declared = declared or (stated.group(1).decode("ascii") if stated else None)
    if declared and declared.lower() in _REFUSED_CHARSETS:
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
    plan = outline(text)
    if plan.depth > MAX_DEPTH:
        return refused("parse.depth", f"elements lie more than {MAX_DEPTH:,} deep", body)
    if plan.root not in _ROOTS and (plan.root == "html" or not plan.items):
        return _not_a_feed(f"a document of <{plan.root}>" if plan.root else "empty XML", body)
    if plan.declares_entities:
        notes += ("parse.dtd: entities of the feed's own are left as written",)
    readable, cut_off = _readable(text, plan)
    form, entries, recovered = _with_feedparser(readable)
    if not entries and plan.items:
        entries, recovered = _with_fastfeedparser(readable, plan.items, text), "fastfeedparser"
    if recovered and (entries or plan.items):
        notes += (f"parse.recovered: {recovered}",)
    faults = [cut_off] if cut_off else []
    if len(entries) == min(len(plan.items), MAX_ITEMS):
        entries = [
            entry if entry.title else _titled(entry, text[slice(*span)])
            for entry, span in zip(entries, plan.items, strict=False)
        ]
    kept = [_noted(entry, notes) for entry in entries[:MAX_ITEMS]]
    return Feed(form, tuple(kept), tuple(faults), max(0, len(plan.items) - MAX_ITEMS))


def _noted(entry: FeedEntry, notes: tuple[str, ...]) -> FeedEntry:
    return replace(entry, notes=notes + entry.notes) if notes else entry


def _titled(entry: FeedEntry, written: str) -> FeedEntry:
    """The entry with the title that its item states first; an empty media:title can hide it."""
    found = _RAW_TITLE.search(written)
    return replace(entry, title=_plain(found.group(1), None)) if found else entry


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
            len(plan.items) + 1,
        )
    if plan.open_elements:
        tail = "".join(f"</{name}>" for name in reversed(plan.open_elements))
    parts = [text[:end]]
    if len(plan.items) > MAX_ITEMS:
        parts = [text[: plan.items[MAX_ITEMS - 1][1]], text[plan.items[-1][1] : end]]
    readable = "".join(parts) + tail
    if plan.doctype is not None:
        readable = readable[: plan.doctype[0]] + readable[plan.doctype[1] :]
    # Decoded already: a declaration of another encoding would be obeyed a second time.
    return _XML_DECLARATION.sub("", readable, count=1).lstrip(), cut_off


def _with_feedparser(text: str) -> tuple[str, list[FeedEntry], str | None]:
    """Form, entries and, where its strict parser failed, who recovered them."""
    source = io.BytesIO(
        b'<?xml version="1.0" encoding="utf-8"?>\n' + text.encode("utf-8", "replace")
    )
    try:
        parsed = feedparser.api.parse(
            source,
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers={"content-type": "application/xml; charset=utf-8"},
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError):
        return "", [], "none"
    entries = [_entry(number, entry) for number, entry in enumerate(parsed.entries, 1)]
    recovered = "feedparser, loose" if parsed.get("bozo") else None
    return parsed.get("version") or "", entries, recovered


def _entry(position: int, entry: Any) -> FeedEntry:
    """An entry of feedparser's; its dict is asked directly, since its own aliases guess."""
    title_detail = dict.get(entry, "title_detail") or {}
    text, stated = _longest_text(entry)
    return bounded_entry(
        position,
        guid=_string(dict.get(entry, "id")),
        url=_string(dict.get(entry, "link")),
        title=_plain(_string(dict.get(entry, "title")), title_detail.get("type")),
        text=text,
        media_type=_media_type(text, stated),
        published=_string(dict.get(entry, "published")) or _string(dict.get(entry, "updated")),
    )


def _string(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _longest_text(entry: Any) -> tuple[str, str | None]:
    """The text of an entry and its stated type: content or summary, whichever says more."""
    details = list(dict.get(entry, "content") or [])
    summary = dict.get(entry, "summary_detail")
    if summary:
        details.append(summary)
    found = [
        (detail.get("value") or "", detail.get("type"))
        for detail in details
        if (detail.get("type") or "text/html").startswith(_TEXT_TYPES)
    ]
    return max(found, key=lambda pair: len(pair[0]), default=("", None))


def _media_type(text: str, stated: str | None) -> str:
    """HTML only where markup is to be seen: feeds call any text HTML, and mean its line ends."""
    return "text/plain" if stated == "text/plain" or not _MARKUP.search(text) else "text/html"


def _plain(title: str | None, stated: str | None) -> str | None:
    """A title as text: its markup removed, its character references read."""
    if title is None:
        return None
    if stated != "text/plain" or _TAG.search(title):
        title = html.unescape(_TAG.sub("", title))
    return " ".join(title.split()) or None


def _with_fastfeedparser(
    text: str, items: tuple[tuple[int, int], ...], whole: str
) -> list[FeedEntry]:
    """The rescue. Its dates are not used: it makes some up from other fields."""
    import fastfeedparser  # lxml takes 10 MB, and one feed in a hundred needs it

    try:
        # It fetches what looks like an address; this text begins with "<".
        parsed = fastfeedparser.parse(text.encode("utf-8", "replace"))
    except Exception:
        return []
    found = list(parsed.entries)
    in_step = len(found) == len(items)
    return [
        _rescued(number, entry, whole[slice(*items[number - 1])] if in_step else "")
        for number, entry in enumerate(found, 1)
    ]


def _rescued(position: int, entry: Any, written: str) -> FeedEntry:
    contents = [c.get("value") or "" for c in entry.get("content") or [] if isinstance(c, dict)]
    text = max([*contents, _string(entry.get("description")) or ""], key=len)
    dates = {name.lower(): value.strip() for name, value in _RAW_DATE.findall(written)}
    order = ("pubdate", "published", "date", "issued", "updated", "modified")
    return bounded_entry(
        position,
        guid=_string(entry.get("id")),
        url=_string(entry.get("link")),
        title=_plain(_string(entry.get("title")), None),
        text=text,
        media_type=_media_type(text, None),
        published=next((dates[name] for name in order if dates.get(name)), None),
    )
