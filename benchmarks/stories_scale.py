"""Stories among everything else: marked articles in the full stream, and what fifty new ones cost.

Reads `stories/allsides_full.jsonl` and `load/articles.parquet`; takes some minutes, so its figures
are not pinned.
"""

import json
import time
from pathlib import Path
from types import ModuleType

import polars as pl

from benchmarks.grouped_articles import put_articles, warehouse
from benchmarks.stories import FIGURES, load_scorer, story_document
from summit_pipeline.execution.grouping import regroup
from summit_pipeline.reconcile.grouping.stories import group_stories

_HISTORIES = (5_000, 20_000)
_NEW_ARTICLES = 50


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    table = pl.read_parquet(data / "load" / "articles.parquet").sort("date", "doc_id")
    lines = (data / "stories" / "allsides_full.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {row["doc_id"]: row["story_id"] for row in map(json.loads, lines)}
    return _incremental(table) | _stream(table, gold, load_scorer(data))


def _stream(table: pl.DataFrame, gold: dict[str, str], scorer: ModuleType) -> dict[str, float]:
    """The marked articles among all dated ones: a story's neighbours are not left out."""
    documents = [story_document(row) for row in table.iter_rows(named=True)]
    found = group_stories([document for document in documents if document.published_at])
    events = {m.document_id: m.event_id for m in found}
    scores = scorer.score({name: story for name, story in gold.items() if name in events}, events)
    return {f"stream.{key}": scores[key] for key in FIGURES}


def _incremental(table: pl.DataFrame) -> dict[str, float]:
    """CPU seconds of grouping fifty new articles after short and long histories, all dated."""
    documents = [story_document(row) for row in table.iter_rows(named=True)]
    dated = [document for document in documents if document.published_at]
    figures = {}
    for history in _HISTORIES:
        with warehouse() as con:
            put_articles(con, dated[-history - _NEW_ARTICLES : -_NEW_ARTICLES])
            regroup(con)
            put_articles(con, dated[-_NEW_ARTICLES:])
            began = time.process_time()
            regroup(con)
            figures[f"incremental.cpu_seconds_after_{history}"] = time.process_time() - began
    first, last = figures.values()
    figures["incremental.ratio"] = last / first
    return figures
