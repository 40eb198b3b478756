"""JSON Feed 1.0 and 1.1: each item is read by itself, so that a bad one costs itself alone.

Belongs here: finding the items in the text, and their fields. Does not belong here: which bytes are
a JSON Feed at all (`feeds`).
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from summit_pipeline.ingest.feed_model import (
    MAX_ITEMS,
    Feed,
    FeedEntry,
    FeedFault,
    bounded_entry,
    fault,
    refused,
)

_VERSION = re.compile(r'"version"\s*:\s*"https?://(?:www\.)?jsonfeed\.org/version/', re.I)
_MARK = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},]', re.S)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_NUMBER = 30


_WORDS = {list: "a list", dict: "an object", bool: "true or false", type(None): "null"}


class _BadItemError(ValueError):
    """An item that cannot be used, with the reason in words."""


def read_json_feed(text: str, body: bytes, notes: tuple[str, ...]) -> Feed:
    """Read a JSON Feed from its decoded text; `body` is what it was decoded from."""
    if not _VERSION.search(text, 0, 100_000):
        return refused("parse.not_a_feed", "is JSON, but no JSON Feed: it states no version", body)
    entries: list[FeedEntry] = []
    faults: list[FeedFault] = []
    unread = 0
    for position, (written, whole) in enumerate(_items(text), 1):
        if position > MAX_ITEMS:
            unread += 1
            continue
        raw = written.encode("utf-8", "surrogatepass")
        if not whole:
            faults.append(
                fault("parse.incomplete_item", "the feed breaks off in this item", raw, position)
            )
            continue
        try:
            entries.append(_entry(position, _load(written), notes))
        except _BadItemError as error:
            faults.append(fault("parse.bad_item", f"item {position}: {error}", raw, position))
    return Feed("jsonfeed", tuple(entries), tuple(faults), unread)


def _items(text: str) -> Iterator[tuple[str, bool]]:
    """The items as they are written, and whether each is whole; values in no list are no items."""
    depth = 0
    key: str | None = None
    start: int | None = None  # of the item at hand, or of the place where one may begin
    inside = False
    for mark in _MARK.finditer(text):
        token = mark.group()
        if inside and depth == 2 and token in (",", "]"):
            written = text[start : mark.start()].strip()
            if written:
                yield written, True
            start, inside = mark.end(), token == ","
        if token[0] == '"':
            if depth == 1:
                key = token
        elif token in "[{":
            depth += 1
            if depth == 2 and token == "[" and key == '"items"' and not inside:
                start, inside = mark.end(), True
        elif token in "]}":
            depth -= 1
    if inside and start is not None and (rest := text[start:].strip()):
        yield rest, False


def _load(written: str) -> Any:
    """Read one item's JSON.

    Raises:
        _BadItemError: if it is not valid, too deep, or says one thing twice.
    """
    try:
        return json.loads(
            written,
            object_pairs_hook=_unique,
            parse_int=_number,
            parse_float=_number,
            parse_constant=_refuse_constant,
        )
    except RecursionError:
        raise _BadItemError("nested too deeply") from None
    except json.JSONDecodeError as error:
        raise _BadItemError(f"not valid JSON ({error.msg})") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _BadItemError("a key stands in it twice; keep one of them")
    return found


def _number(written: str) -> str:
    """Numbers stay as written: an id such as 1.10 is no amount."""
    if len(written) > _LONGEST_NUMBER:
        raise _BadItemError("a number of more than 30 digits; write an id as a text")
    return written


def _refuse_constant(written: str) -> Any:
    raise _BadItemError(f"{written} is no JSON; write null")


def _entry(position: int, item: Any, notes: tuple[str, ...]) -> FeedEntry:
    if not isinstance(item, dict):
        raise _BadItemError(f"is {_WORDS.get(type(item), 'a number or text')}, no object {{...}}")
    markup, plain = _field(item, "content_html"), _field(item, "content_text")
    text = markup or plain or _field(item, "summary") or ""
    return bounded_entry(
        position,
        guid=_field(item, "id"),
        url=_field(item, "url") or _field(item, "external_url"),
        title=" ".join((_field(item, "title") or "").split()) or None,
        text=text,
        media_type="text/html" if markup else "text/plain",
        published=_field(item, "date_published") or _field(item, "date_modified"),
        notes=notes,
    )


def _field(item: dict[str, Any], name: str) -> str | None:
    value = item.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _BadItemError(f"'{name}' holds {_WORDS.get(type(value), 'a number')}; write a text")
    return _SURROGATE.sub("\ufffd", value.strip()) or None
