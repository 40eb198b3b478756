"""Comma- or tab-separated tables with a line of names: a record a row, stored word for word.

Cells that begin with = or @ are text like any other here.
"""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from summit_pipeline.ingest.items import Seen
from summit_pipeline.ingest.records import (
    MAX_RECORD_BYTES,
    item_of_record,
    reject_record,
    wanted_columns,
)
from summit_pipeline.ingest.sources import Source
from summit_pipeline.text.decoding import decode

_HEAD = 1_000_000
_DELIMITERS = ",;\t|"


def read_csv(stream: BinaryIO, source: Source, file_locator: str) -> Iterator[Seen]:
    """The items of a table, in the order of its rows; locators count lines of the file from 1."""
    head = stream.read(_HEAD)
    # The encoding is found on whole lines: a character cut in half would spoil the verdict.
    whole = head[: head.rfind(b"\n") + 1] or head
    decoded = decode(whole, None)
    encoding = "utf-8-sig" if decoded.encoding == "utf-8" else decoded.encoding
    text = io.TextIOWrapper(
        io.BufferedReader(_Rejoined(head, stream)), encoding=encoding, errors="replace", newline=""
    )
    # The limit is the process's; every table here wants the same.
    csv.field_size_limit(MAX_RECORD_BYTES)
    first = text.readline(MAX_RECORD_BYTES)
    delimiter = max(_DELIMITERS, key=first.count)
    names = next(csv.reader([first], delimiter=delimiter), [])
    wanted = source.columns.get("text", "text")
    if wanted not in names:
        yield reject_record(
            head, source, file_locator, "parse.bad_file",
            f"has no column '{wanted}' but {', '.join(names)[:200] or 'no names at all'}; map it "
            'with columns = { text = "..." } in sources.toml',
        )  # fmt: skip
        return
    yield from _rows(text, names, delimiter, source, file_locator)


def _rows(
    text: io.TextIOWrapper, names: list[str], delimiter: str, source: Source, file_locator: str
) -> Iterator[Seen]:
    places = [(names.index(c), c) for c in wanted_columns(source) if c in names]
    rows = csv.reader(text, delimiter=delimiter, strict=True)
    while True:
        line = rows.line_num + 2
        locator = f"{file_locator}#{line}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield reject_record(
                str(error).encode(), source, locator, "parse.bad_line",
                f"the row cannot be read ({error}); look for a quotation mark without its other",
            )  # fmt: skip
            continue
        if not row:
            continue
        raw = delimiter.join(row).encode("utf-8", "replace")
        if len(row) != len(names):
            yield reject_record(
                raw, source, locator, "parse.bad_line",
                f"the row has {len(row)} fields, the line of names {len(names)}",
            )  # fmt: skip
            continue
        notes = ("text.charset_guess",) if b"\xef\xbf\xbd" in raw else ()
        record = {name: row[place] for place, name in places}
        yield item_of_record(record, raw, source, locator, notes)


class _Rejoined(io.RawIOBase):
    """A stream whose beginning was read already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self._head.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)
