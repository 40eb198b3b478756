"""JSON Lines: a record a line. A broken line costs itself and nothing else."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from summit_pipeline.ingest.files import HEAD_BYTES
from summit_pipeline.ingest.items import Item, Rejection, Seen
from summit_pipeline.ingest.sources import Source

MAX_LINE_BYTES = 5_000_000
"""Longer lines are quarantined unread: a record of a thousand pages, or a broken file."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def read_jsonl(body: bytes, source: Source, file_locator: str) -> Iterator[Seen]:
    """The items of a JSON Lines file, in the order of its lines.

    A record's fields are `guid, source, url, title, text, published_at`, or what the source's
    `columns` maps onto them; only the text is required. Lines count from 1.
    """
    for number, line in enumerate(body.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        locator = f"{file_locator}#{number}"
        record = _record(line, source, locator)
        if isinstance(record, Rejection):
            yield record
        else:
            yield _item(record, line, source, locator)


def _reject(line: bytes, source: Source, locator: str, reason: str, detail: str) -> Rejection:
    return Rejection(
        source=source.name,
        locator=locator,
        reason=reason,
        detail=f"{locator}: {detail}",
        head=line[:HEAD_BYTES],
        size=len(line),
        body_hash=hashlib.sha256(line).hexdigest(),
    )


def _record(line: bytes, source: Source, locator: str) -> dict[str, Any] | Rejection:
    """Parse one line into a JSON object."""
    if len(line) > MAX_LINE_BYTES:
        return _reject(
            line, source, locator, "parse.line_too_long",
            f"the line has {len(line):,} bytes, the limit is {MAX_LINE_BYTES:,}",
        )  # fmt: skip
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _reject(
            line, source, locator, "parse.bad_line",
            f"not valid JSON ({_short(error)}); write one object on one line",
        )  # fmt: skip
    if not isinstance(record, dict):
        return _reject(
            line, source, locator, "parse.bad_line", "the line is JSON, but not an object {...}"
        )
    return record


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__


def _item(record: dict[str, Any], line: bytes, source: Source, locator: str) -> Seen:
    """Make an item of a record, or say why that cannot be done."""
    fields: dict[str, str | None] = {}
    for name in ("guid", "source", "url", "title", "text", "published_at"):
        column = source.columns.get(name, name)
        value = record.get(column)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            return _reject(
                line, source, locator, "parse.bad_item",
                f"field '{column}' holds {type(value).__name__}; write a text",
            )  # fmt: skip
        # An unpaired surrogate has no UTF-8 form; one replacement character keeps all offsets.
        fields[name] = _SURROGATE.sub("\ufffd", value) if value else None
    text = fields["text"]
    if not text or not text.strip():
        column = source.columns.get("text", "text")
        return _reject(
            line, source, locator, "parse.no_text",
            f"field '{column}' is missing or empty; if the text has another name, say so with "
            'columns = { text = "..." } in sources.toml',
        )  # fmt: skip
    content = hashlib.sha256(f"{fields['title']}\x1f{text}".encode()).hexdigest()
    identity, basis = next(
        (value, name)
        for name, value in (("guid", fields["guid"]), ("url", fields["url"]), ("content", content))
        if value
    )
    return Item(
        source=source.name,
        locator=fields["guid"] or fields["url"] or locator,
        identity=identity,
        identity_basis=basis,
        outlet=fields["source"] or source.outlet or source.name,
        media_type="text/plain",
        body=text.encode("utf-8"),
        title=fields["title"],
        url=fields["url"],
        published=fields["published_at"],
        declared_encoding="utf-8",
    )
