"""Entries of an XML feed's text: feedparser, and fastfeedparser where that finds nothing.

Belongs here: driving the two parsers, and what of their fields becomes an entry's. Does not belong
here: which text they may see (`feeds`), dates (`text.written_dates`: no parser is trusted with
them).

feedparser reads entries best (127 of 135 feeds with the right number, 95 % of its suite's content
assertions). Its parsers are driven here rather than through `feedparser.parse`, which would decode
and look for a DTD a second time. Sanitising and resolving of addresses are off: texts are cleaned
with exact offsets by a later stage, and addresses are data (only a relative one is joined to the
xml:base that the feed states).
"""

import html
import io
import re
from typing import Any
from urllib.parse import urljoin
from xml.sax import SAXException
from xml.sax.expatreader import ExpatParser
from xml.sax.handler import feature_external_ges, feature_namespaces
from xml.sax.xmlreader import InputSource

from feedparser.api import LooseFeedParser, StrictFeedParser

from summit_pipeline.ingest.feed_model import FeedEntry, bounded_entry
from summit_pipeline.ingest.feed_repairs import readable_references

_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d|#x|[a-zA-Z]{2,8};)")
_RAW_DATE = re.compile(
    r"<(?:\w{1,20}:)?(pubDate|published|date|updated|issued|modified)\b[^<>]{0,200}>([^<]{1,200})<",
    re.I,
)
_RAW_TITLE = re.compile(r"<title\b[^<>]{0,200}>\s*(?:<!\[CDATA\[)?([^<\]]{1,1000})", re.I)
_C1 = re.compile("[\x80-\x9f]")
_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*:")
_TEXT_TYPES = ("text/", "application/xhtml")

_ENCODING = "utf8"
"""Not spelt "utf-8": there feedparser decodes once more what looks decoded wrongly, unsaid. That is
left to `normalise.mojibake`, which says so and keeps what was delivered."""

_TEXT_AT_ONCE = 1_000_000
"""Characters that expat gathers before it hands them over. Unbuffered it does so at each line end
and each entity, several a line of escaped markup, and feedparser does a dozen look-ups each time:
15.5 s of CPU for 45 MB of real feeds instead of 9.3 s."""

_UNUSED = frozenset(
    {
        "author", "category", "comment-count", "commentrss", "comments", "contributor", "creator",
        "credit", "enclosure", "keywords", "language", "post-id", "rating", "rights", "subject",
        "thumbnail",
    }
)  # fmt: skip
"""Elements of an item that no field is made of, a third of those in real feeds: without them 8.7 s
instead of 10.4 s."""

_ODDITIES = (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError)
"""What feedparser raises on some ill-formed feeds."""


def parsed_entries(text: str) -> tuple[str, list[FeedEntry], str | None]:
    """Form and entries of a feed, and who recovered them where its XML is ill-formed.

    The entries are empty, and "none" recovered them, where feedparser cannot read it at all.
    """
    strict = StrictFeedParser("", None, _ENCODING)
    strict.decode_entities = lambda element, text: _Text(text)
    try:
        return *_result(_driven(strict, text)), None
    except (SAXException, *_ODDITIES):
        pass
    text = readable_references(text)
    loose = LooseFeedParser("", None, _ENCODING, {})
    _switch_off(loose)
    try:
        loose.feed(text)
        return *_result(loose), "feedparser, loose"
    except _ODDITIES:
        return "", [], "none"


class _Text(str):
    """Text that is searched for characters from 0x80 to 0x9F before it is rewritten one by one.

    feedparser reads those as Windows-1252, with a tenth of its time; hardly any text has one.
    """

    __slots__ = ()

    def translate(self, table: Any) -> str:
        plain = str(self)
        return plain if plain.isascii() or not _C1.search(plain) else plain.translate(table)


class _SparingExpat(ExpatParser):
    """Python's SAX driver of expat, which hands over less: texts whole, unused elements not."""

    _parser: Any
    _cont_handler: Any

    def reset(self) -> None:
        super().reset()
        self._parser.buffer_text = True
        self._parser.buffer_size = _TEXT_AT_ONCE
        self._depth = 0
        self._item_depth = 0  # of the innermost item; 0 outside
        self._unused_depth = 0  # of the unused element that is being passed over; 0 outside

    def start_element_ns(self, name: str, attrs: Any) -> None:
        """Expat met a start tag; its name is written `[namespace ]local[ prefix]`."""
        self._depth += 1
        if self._unused_depth:
            return
        parts = name.split(" ")
        local = (parts[1] if len(parts) > 1 else name).lower()
        if local in ("item", "entry"):
            self._item_depth = self._depth
        elif self._item_depth == self._depth - 1 and local in _UNUSED:
            self._unused_depth = self._depth
            self._parser.CharacterDataHandler = None
            return
        super().start_element_ns(name, attrs)

    def end_element_ns(self, name: str) -> None:
        """Expat met an end tag."""
        self._depth -= 1
        if self._depth < self._item_depth:
            self._item_depth = 0
        if not self._unused_depth:
            super().end_element_ns(name)
        elif self._depth < self._unused_depth:
            self._unused_depth = 0
            self._parser.CharacterDataHandler = self._cont_handler.characters


def _driven(parser: Any, text: str) -> Any:
    _switch_off(parser)
    driver = _SparingExpat()
    driver.setFeature(feature_namespaces, True)
    driver.setFeature(feature_external_ges, False)
    driver.setContentHandler(parser)
    driver.setErrorHandler(parser)
    source = InputSource()
    source.setEncoding("utf-8")
    source.setByteStream(io.BytesIO(text.encode("utf-8", "replace")))
    driver.parse(source)
    return parser


def _switch_off(parser: Any) -> None:
    parser.sanitize_html = False
    parser.resolve_relative_uris = False
    parser.resolve_uri = lambda address: _resolved(address, parser.baseuri)


def _resolved(address: str, base: str) -> str:
    """An address as it is written; a relative one is joined to the base that the feed states.

    feedparser joins all of them, and mends some: file:///a becomes file://a, http:///a http://a.
    """
    if not base or _SCHEME.match(address):
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _result(parser: Any) -> tuple[str, list[FeedEntry]]:
    entries = [_entry(number, entry) for number, entry in enumerate(parser.entries, 1)]
    return parser.version or "", entries


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
        updated=_string(dict.get(entry, "updated")),
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


def stated_title(written: str) -> str | None:
    """The title that an item, as it is written, states first."""
    found = _RAW_TITLE.search(written)
    return _plain(found.group(1), None) if found else None


def rescued_entries(text: str, items: tuple[tuple[int, int], ...], whole: str) -> list[FeedEntry]:
    """The entries that fastfeedparser finds; its dates are not used, it makes some up.

    Args:
        text: what it may see.
        items: where the items lie in `whole`, for the dates as they are written.
        whole: the text as delivered.
    """
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
