"""Known versions: the CPU time in which a run sees again what earlier runs have stored.

20,000 generated articles in a dump, read three times; `cpu_seconds_known` is the whole ingest stage
of a run that brings nothing new: parsing the dump, telling its items, and storing that they were
seen. `cpu_seconds_checked` is the telling alone. Needs no data.
"""

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import NoReturn

import duckdb

from benchmarks.made_edits import made_article
from summit_pipeline.execution.ingesting import run_ingest
from summit_pipeline.ingest.folder import read_source
from summit_pipeline.ingest.harvest import Counts, Harvester
from summit_pipeline.ingest.sources import Source
from summit_pipeline.warehouse import documents, ledger
from summit_pipeline.warehouse.connection import open_working
from summit_pipeline.warehouse.migrations import migrate
from summit_pipeline.warehouse.store import transaction

ARTICLES = 20_000
START = datetime(2025, 2, 7)


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "dump.jsonl"
        _write(dump)
        working = Path(folder) / "working.duckdb"
        seconds = []
        for number in range(3):
            began = time.process_time()
            counts = _ingest(working, dump, number)
            seconds.append(time.process_time() - began)
            expected = (ARTICLES, 0) if number == 0 else (0, ARTICLES)
            if (counts.new, counts.unchanged) != expected:
                raise AssertionError(f"run {number}: {counts}")
        checked = _check(working, dump)
    return {
        "cpu_seconds_checked": checked,
        "articles": float(ARTICLES),
        "cpu_seconds_first": seconds[0],
        "cpu_seconds_known": min(seconds[1:]),
    }


def _ingest(working: Path, dump: Path, number: int) -> Counts:
    @contextmanager
    def transact() -> Iterator[duckdb.DuckDBPyConnection]:
        with open_working(working) as con:
            migrate(con)
            with transaction(con):
                yield con

    at = START + timedelta(hours=number)
    with transact() as con:
        ledger.start_run(con, f"run{number}", at, "benchmark")
    return run_ingest(transact, [Source("dump", "dump", dump)], f"run{number}", at)


def _check(working: Path, dump: Path) -> float:
    """CPU seconds to tell the items of a dump that has been stored, what is known included."""
    things = list(read_source(Source("dump", "dump", dump)))
    with open_working(working) as con:
        began = time.process_time()
        known = documents.read_known(con, ["dump"])
        harvester = Harvester(known, _never, _never, "again", START + timedelta(days=1))
        harvester.take(things)
        return time.process_time() - began


def _never(text: object) -> NoReturn:
    raise AssertionError("known bytes are not looked into")


def _write(path: Path) -> None:
    chooser = Random(1)
    with path.open("w", encoding="utf-8") as stream:
        for number in range(ARTICLES):
            article = made_article(chooser)
            record = {
                "guid": f"https://news.example.com/?p={number}",
                "url": f"https://news.example.com/{number}?utm_source=rss",
                "title": article.title,
                "text": "\n\n".join(article.paragraphs),
                "published_at": "2025-02-07T08:00:00Z",
            }
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
