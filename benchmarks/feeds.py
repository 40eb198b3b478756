"""Feeds: entry counts, titles and dates, on real feeds and cases of parsers' test suites.

Predictions: JSON Lines of `id, entries, titles, dates` (times in UTC or null), then one line with
the id "dates" and the readings of dates.jsonl in its order.
"""

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from summit_pipeline.ingest.feed_model import Feed
from summit_pipeline.ingest.feeds import read_feed
from summit_pipeline.text.written_dates import read_date


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    folder = data / "feeds" if (data / "feeds").is_dir() else data
    cases = _lines(folder / "manifest.jsonl")
    written: list[dict[str, Any]] = []
    wrong_counts = counted = right_titles = titles = read_bytes = 0
    seconds = 0.0
    for case in cases:
        body = (folder / case["file"]).read_bytes()
        began = time.process_time()
        feed = read_feed(body)
        seconds += time.process_time() - began
        read_bytes += len(body)
        written.append(_prediction(case["id"], feed))
        if case["expected_entries"] is not None:
            counted += 1
            wrong_counts += feed.seen != case["expected_entries"]
        for expected, found in _title_pairs(case["expected_titles"] or [], feed):
            titles += 1
            right_titles += " ".join(expected.split()) == found
    figures = {
        "feeds": float(counted),
        "counts_wrong": float(wrong_counts),
        "titles": float(titles),
        "titles_right": right_titles / max(titles, 1),
        "cpu_seconds_per_45_mb": seconds * 45e6 / max(read_bytes, 1),
    }
    readings, dates = _dates(folder / "dates.jsonl")
    written.append({"id": "dates", "entries": len(readings), "titles": [], "dates": readings})
    if predictions is not None:
        lines = (json.dumps(line, ensure_ascii=False) for line in written)
        predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return figures | dates


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _title_pairs(expected: list[str | None], feed: Feed) -> list[tuple[str, str | None]]:
    """Stated titles beside those found, by place, without entries whose title is not stated."""
    found = [entry.title for entry in feed.entries]
    found += [None] * (len(expected) - len(found))
    return [(e, f) for e, f in zip(expected, found, strict=False) if e]


def _prediction(number: Any, feed: Feed) -> dict[str, Any]:
    return {
        "id": number,
        "entries": feed.seen,
        "titles": [entry.title for entry in feed.entries],
        "dates": [_utc(entry.published) for entry in feed.entries],
    }


def _utc(written: str | None, order: Any = None) -> str | None:
    """A written date as UTC in ISO form; None where it is none for certain."""
    at = read_date(written or "", order=order).at
    if at is None:
        return None
    milliseconds = "seconds" if at.microsecond == 0 else "milliseconds"
    return at.replace(tzinfo=UTC).isoformat(timespec=milliseconds).replace("+00:00", "Z")


def _dates(path: Path) -> tuple[list[str | None], dict[str, float]]:
    cases = _lines(path)
    readings = [_utc(case["raw"], case.get("date_order")) for case in cases]
    right = made_up = 0
    for case, reading in zip(cases, readings, strict=True):
        allowed = [case["expected"], *([case["alternative"]] if "alternative" in case else [])]
        right += reading in allowed or any(_same(reading, other) for other in allowed)
        made_up += reading is not None and not any(_same(reading, other) for other in allowed)
    figures = {"cases": float(len(cases)), "right": float(right), "made_up": float(made_up)}
    return readings, {f"dates.{name}": value for name, value in figures.items()}


def _same(first: str | None, second: str | None) -> bool:
    if first is None or second is None:
        return first is second
    return datetime.fromisoformat(first) == datetime.fromisoformat(second)
