"""JSON Lines: a record a line. A broken line costs itself and nothing else."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from summit_pipeline.ingest.items import Rejection, Seen
from summit_pipeline.ingest.records import MAX_RECORD_BYTES, item_of_record, reject_record
from summit_pipeline.ingest.sources import Source

_CHUNK = 1_000_000


def read_jsonl(stream: BinaryIO, source: Source, file_locator: str) -> Iterator[Seen]:
    """The items of a JSON Lines file, in the order of its lines, which count from 1.

    A record's fields are `guid, source, url, title, text, published_at`, or what the source's
    `columns` maps onto them; only the text is required.
    """
    number = 0
    while line := stream.readline(MAX_RECORD_BYTES + 1):
        number += 1
        locator = f"{file_locator}#{number}"
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if len(line) > MAX_RECORD_BYTES:
            size = len(line) + _rest_of_line(line, stream)
            yield reject_record(
                line, source, locator, "parse.line_too_long",
                f"the line has {size:,} bytes, the limit is {MAX_RECORD_BYTES:,}", size,
            )  # fmt: skip
            continue
        if not line.strip():
            continue
        line = line.rstrip(b"\r\n")
        record = _record(line, source, locator)
        if isinstance(record, Rejection):
            yield record
        else:
            yield item_of_record(record, line, source, locator)


def _rest_of_line(line: bytes, stream: BinaryIO) -> int:
    """Read over the rest of a line that is too long; its number of bytes."""
    passed = 0
    while not line.endswith(b"\n"):
        line = stream.readline(_CHUNK)
        if not line:
            break
        passed += len(line)
    return passed


def _record(line: bytes, source: Source, locator: str) -> dict[str, Any] | Rejection:
    """Parse one line into a JSON object."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return reject_record(
            line, source, locator, "parse.bad_line",
            f"not valid JSON ({_short(error)}); write one object on one line",
        )  # fmt: skip
    if not isinstance(record, dict):
        return reject_record(
            line, source, locator, "parse.bad_line", "the line is JSON, but not an object {...}"
        )
    return record


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__
