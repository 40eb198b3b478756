"""Stories: BCubed and pair F1 on sets with story ids, seeds among foreign articles, speed.

One fixed setting for all sets; what is predicted is the event (`grouping.events`). Predictions:
JSON Lines of `doc_id, cluster_id`, one file for all sets, or one for each where an existing folder
is given.
"""

import importlib.util
import json
import time
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl

from summit_pipeline.reconcile.grouping.stories import group_stories
from summit_pipeline.reconcile.tables import StoryDocument, StoryMember

_SETS = ("allsides_full", "allsides_leads", "ecbplus", "basil", "newswcl50")
_TOGETHER = ("basil", "newswcl50")
_FOREIGN_ARTICLES = 1_500
_SEEDS = Path(__file__).parents[1] / "seeds" / "articles"
FIGURES = ("bcubed_p", "bcubed_r", "bcubed_f1", "pair_f1")


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    figures: dict[str, float] = {}
    scorer = load_scorer(data)
    gold_of: dict[str, dict[str, str]] = {}
    found_of: dict[str, dict[str, str]] = {}
    for name in _SETS:
        path = data / "stories" / f"{name}.jsonl"
        if not path.exists():
            continue
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        began = time.process_time()
        found = _group([story_document(row) for row in rows])
        figures[f"{name}.articles_per_cpu_second"] = len(rows) / (time.process_time() - began)
        found_of[name] = {m.document_id: m.event_id for m in found}
        gold_of[name] = {row["doc_id"]: row.get("story_id", "") for row in rows}
        scores = scorer.score(gold_of[name], found_of[name])
        figures.update({f"{name}.{key}": scores[key] for key in FIGURES})
    if all(name in gold_of for name in _TOGETHER):
        gold = {k: v for name in _TOGETHER for k, v in gold_of[name].items()}
        pred = {k: v for name in _TOGETHER for k, v in found_of[name].items()}
        figures["basil_newswcl50.bcubed_f1"] = scorer.score(gold, pred)["bcubed_f1"]
    if predictions is not None:
        _write(predictions, found_of)
    load = data / "load" / "articles.parquet"
    if load.exists():
        figures.update(_seeds_among_foreign(pl.read_parquet(load).sort("date", "doc_id")))
    return figures


def load_scorer(data: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("stories_score", data / "stories" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(data / "stories" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _group(documents: list[StoryDocument]) -> list[StoryMember]:
    return group_stories(documents)


def story_document(row: dict[str, Any]) -> StoryDocument:
    """An article of a set; a date that is not ISO 8601 counts as none."""
    try:
        published = datetime.fromisoformat(row["date"])
    except ValueError:
        published = None
    return StoryDocument(
        document_id=row["doc_id"],
        version_id=row["doc_id"],
        source="benchmark",
        outlet=row.get("source", ""),
        url=row.get("url"),
        title=row["title"],
        raw_text=row["text"],
        clean_text=row["text"],
        language="en",
        published_at=published,
        published_basis="field" if published else "none",
        dateline_place=None,
        agencies=(),
        text_grade="not_judged",
        text_grade_score=None,
        text_grade_reason="",
    )


def _write(predictions: Path, found_of: dict[str, dict[str, str]]) -> None:
    lines = {
        name: "".join(
            json.dumps({"doc_id": document, "cluster_id": story}) + "\n"
            for document, story in sorted(found.items())
        )
        for name, found in found_of.items()
    }
    if predictions.is_dir():
        for name, text in lines.items():
            (predictions / f"{name}.jsonl").write_text(text, encoding="utf-8")
    else:
        predictions.write_text("".join(lines.values()), encoding="utf-8")


def _seeds_among_foreign(table: pl.DataFrame) -> dict[str, float]:
    """The five seeds, without any date, among dated foreign articles, the latest of the set."""
    latest = table.tail(_FOREIGN_ARTICLES)
    documents = [story_document(row) for row in latest.iter_rows(named=True)]
    seeds = []
    for path in sorted(_SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        row = {"doc_id": path.stem, "date": "", "title": text.split("\n", 1)[0], "text": text}
        seeds.append(story_document(row))
    began = time.process_time()
    found = _group(documents + seeds)
    seconds = time.process_time() - began
    story_of = {m.document_id: m.story_id for m in found}
    of_seeds = {story_of[seed.document_id] for seed in seeds}
    foreign = sum(story_of[d.document_id] in of_seeds for d in documents)
    return {
        "seeds.stories": len(of_seeds),
        "seeds.foreign_members": foreign,
        "seeds.articles_per_cpu_second": len(found) / seconds,
    }
