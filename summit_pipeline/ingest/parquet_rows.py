"""Rows of a Parquet file, a slice at a time, as values that JSON can carry.

Belongs here: reading, and what each type is as text. Does not belong here: which column means what
(`records`). Runs in the child process: a broken file can bring the reader down.
"""

from datetime import date, datetime
from typing import Any

import polars as pl


def parquet_rows(path: str, wanted: list[str], start: int, count: int) -> dict[str, Any]:
    """The wanted columns of `count` rows from row `start` (from 0), and all column names."""
    table = pl.scan_parquet(path, glob=False)
    names = table.collect_schema().names()
    found = [name for name in wanted if name in names]
    if not found:
        return {"names": names, "rows": []}
    rows = table.select(found).slice(start, count).collect().rows()
    return {
        "names": names,
        "rows": [dict(zip(found, (_value(v) for v in row), strict=True)) for row in rows],
    }


def _value(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    # Of another type: `records` refuses lists, and so the item, with its column's name.
    return [type(value).__name__]
