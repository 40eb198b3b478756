"""Parquet files: a record a row, read by the child process a slice at a time."""

import json
from collections.abc import Iterator
from pathlib import Path

from summit_pipeline.ingest.items import Seen
from summit_pipeline.ingest.parsing_child import ParsingChild, ParsingFailedError
from summit_pipeline.ingest.records import item_of_record, reject_record, wanted_columns
from summit_pipeline.ingest.sources import Source

_SLICE = 2_000


def read_parquet(
    path: Path, source: Source, file_locator: str, child: ParsingChild
) -> Iterator[Seen]:
    """The items of a Parquet file, in the order of its rows, which count from 1."""
    start = 0
    while True:
        try:
            names, rows = child.rows(path, wanted_columns(source), start, _SLICE)
        except ParsingFailedError as error:
            with path.open("rb") as stream:
                head = stream.read(4096)
            yield reject_record(
                head, source, file_locator, "parse.bad_file",
                f"cannot be read from row {start + 1:,} on ({error.reason}: {error.detail})",
                path.stat().st_size,
            )  # fmt: skip
            return
        wanted = source.columns.get("text", "text")
        if wanted not in names:
            yield reject_record(
                b"", source, file_locator, "parse.bad_file",
                f"has no column '{wanted}' but {', '.join(names)[:200]}; map it with "
                'columns = { text = "..." } in sources.toml',
            )  # fmt: skip
            return
        for number, row in enumerate(rows, start + 1):
            raw = json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "replace")
            yield item_of_record(row, raw, source, f"{file_locator}#{number}")
        if len(rows) < _SLICE:
            return
        start += _SLICE
