"""A run that brings one new article, after a million claims: what each step of it takes.

Two such runs: the article joins a story of earlier ones, or begins one. The steps are those of a
run, opening and closing the working file included, as each asset does it; the processor time of all
threads and the time that passes. Grouping (which stories there are) is told apart from
reconciling (what they say). The history is `scale_history`.
"""

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.scale_history import MODELS, fill, ingest, opened, run_early_models, transact
from summit_pipeline.execution.reconciling import run_reconcile, run_stories
from summit_pipeline.execution.stages import run_extract, run_normalise
from summit_pipeline.lexicons.background import load_background
from summit_pipeline.lexicons.spun_pairs import load_spun_pairs
from summit_pipeline.sql_runner.runner import run_model
from summit_pipeline.warehouse.publishing import publish
from summit_pipeline.warehouse.store import count

_COPIES = 11  # of 1,550 articles with 56 claims each
_STORY_SIZE = 3
_ALONE_FROM = "2020-05"  # of the load set: an article on nothing that the others report


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    articles = _lines(data / "stories" / "allsides_full.jsonl")
    joining = _joining(articles)
    known = [article for article in articles if article["doc_id"] != joining["doc_id"]]
    alone = _alone(data / "load" / "articles.parquet", {article["doc_id"] for article in articles})
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "working.duckdb"
        with _timed(figures, "fill"):
            fill(path, known, _COPIES)
        with opened(path) as con:
            for table in ("ingest.documents", "extract.claims", "ops.reconciled"):
                figures[f"history.{table.split('.')[1]}"] = count(con, table)
        # What a process reads once, however much or little there is to do, is told apart.
        with _timed(figures, "lexicons"):
            load_spun_pairs()
            load_background()
        for number, (name, article) in enumerate((("joins", joining), ("alone", alone)), 1):
            size = _one_more(path, article, number, name, figures)
            if (size > 1) != (name == "joins"):
                raise AssertionError(f"the article that {name} is in a story of {size}")
        _marts(path, figures)
    return figures


def _one_more(
    path: Path, article: Mapping[str, Any], number: int, name: str, figures: dict[str, float]
) -> int:
    """The steps of a run that finds one more article; returns the size of its story."""

    def stage(of: Callable[..., Any], *words: Any) -> Any:
        with transact(path) as con:
            return of(con, *words)

    steps: dict[str, Callable[[], Any]] = {
        "ingest": lambda: ingest(path, [article], number),
        "normalise": lambda: stage(run_normalise, 1),
        "extract": lambda: stage(run_extract, 1),
        "versions": lambda: run_early_models(path),
        "grouping": lambda: stage(run_stories),
        "reconcile": lambda: stage(run_reconcile, 1),
    }
    gave = {}
    for step, take in steps.items():
        with _timed(figures, f"{name}.{step}"):
            gave[step] = take()
    if (gave["normalise"].pending, gave["extract"].pending, gave["reconcile"]) != (1, 1, 1):
        raise AssertionError(f"more was worked off than one version and one story: {gave}")
    with opened(path) as con:
        sizes = con.sql(
            "SELECT count(*) FROM reconcile.story_members WHERE story_id IN ("
            "SELECT story_id FROM reconcile.story_members JOIN ingest.documents "
            f"USING (document_id) WHERE first_run_id = 'run{number}')"
        ).fetchall()
    return int(sizes[0][0])


def _marts(path: Path, figures: dict[str, float]) -> None:
    """All SQL models, then the snapshot: the first one, and one when nothing has changed."""
    with opened(path) as con:
        for model in MODELS:
            with _timed(figures, f"models.{model.schema}"):
                run_model(con, model)
    for name in ("publish.changed", "publish.unchanged"):
        with _timed(figures, name), opened(path) as con:
            publish(con, path.parent)


@contextmanager
def _timed(figures: dict[str, float], name: str) -> Iterator[None]:
    """Add what the block takes to `NAME.cpu_seconds` and `NAME.seconds`."""
    began, cpu = time.perf_counter(), time.process_time()
    yield
    for kind, taken in (
        ("cpu_seconds", time.process_time() - cpu),
        ("seconds", time.perf_counter() - began),
    ):
        figures[f"{name}.{kind}"] = figures.get(f"{name}.{kind}", 0.0) + taken


def _joining(articles: list[dict[str, Any]]) -> dict[str, Any]:
    """The latest article of the first story that three report."""
    stories: dict[str, list[dict[str, Any]]] = {}
    for article in articles:
        stories.setdefault(article["story_id"], []).append(article)
    first = min(name for name, members in stories.items() if len(members) == _STORY_SIZE)
    return max(stories[first], key=lambda article: (article["date"], article["doc_id"]))


def _alone(path: Path, known: set[str]) -> dict[str, Any]:
    load = pl.read_parquet(path).filter(
        pl.col("date").str.starts_with(_ALONE_FROM) & ~pl.col("doc_id").is_in(known)
    )
    return load.sort("doc_id").row(0, named=True)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
