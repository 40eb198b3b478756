"""Records with named fields, from JSON Lines, CSV or Parquet, made into items.

Belongs here: the fields, how a source's own names map onto them. Does not belong
here: the forms of files (`jsonl`, `csv_table`, `parquet_table`).
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from summit_pipeline.ingest.addresses import address_notes
from summit_pipeline.ingest.files import HEAD_BYTES
from summit_pipeline.ingest.items import Item, Rejection, Seen
from summit_pipeline.ingest.sources import ITEM_FIELDS, Source

MAX_RECORD_BYTES = 5_000_000
"""Longer records are quarantined unread: a thousand pages, or a broken file."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def reject_record(
    raw: bytes, source: Source, locator: str, reason: str, detail: str, size: int | None = None
) -> Rejection:
    """The rejection of one record, or of what should have been one."""
    return Rejection(
        source=source.name,
        locator=locator,
        reason=reason,
        detail=f"{locator}: {detail}",
        head=raw[:HEAD_BYTES],
        size=len(raw) if size is None else size,
        body_hash=hashlib.sha256(raw).hexdigest(),
    )


def wanted_columns(source: Source) -> list[str]:
    """The names that the source's files give to our fields."""
    return [source.columns.get(name, name) for name in ITEM_FIELDS]


def item_of_record(
    record: Mapping[str, Any],
    raw: bytes,
    source: Source,
    locator: str,
    notes: tuple[str, ...] = (),
) -> Seen:
    """Make an item of a record, or say why that cannot be done."""
    fields: dict[str, str | None] = {}
    for name in ITEM_FIELDS:
        column = source.columns.get(name, name)
        value = record.get(column)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            return reject_record(
                raw, source, locator, "parse.bad_item",
                f"field '{column}' holds {type(value).__name__}; write a text",
            )  # fmt: skip
        # An unpaired surrogate has no UTF-8 form; one replacement character keeps all offsets.
        is_plain = not value or value.isascii()
        fields[name] = (value or None) if is_plain else _SURROGATE.sub("\ufffd", value or "")
    text = fields["text"]
    if not text or not text.strip():
        column = source.columns.get("text", "text")
        return reject_record(
            raw, source, locator, "parse.no_text",
            f"field '{column}' is missing or empty; if the text has another name, say so with "
            'columns = { text = "..." } in sources.toml',
        )  # fmt: skip
    return Item(
        source=source.name,
        locator=fields["guid"] or fields["url"] or locator,
        identity=fields["guid"],
        identity_basis="guid" if fields["guid"] else "url",
        outlet=fields["source"] or source.outlet or source.name,
        media_type="text/plain",
        body=text.encode("utf-8"),
        title=fields["title"],
        url=fields["url"],
        published=fields["published_at"],
        declared_encoding="utf-8",
        date_order=source.date_order,
        language=source.language,
        notes=notes + address_notes(fields["url"]),
    )
