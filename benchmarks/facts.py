"""Facts: relations between claims of different reports, against hand-marked stories.

The whole path runs as in a real run (normalise, extract, reconcile), but with the marked stories
as grouping. Each folder of marks gives figures of its own. Predictions have the form that the
folder's `score.py` reads: one file for all folders, or in a directory one for each.
"""

import importlib.util
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl

from summit_pipeline import rows
from summit_pipeline.extract.pipeline import extract_batch
from summit_pipeline.normalise.pipeline import normalise_batch
from summit_pipeline.reconcile.pipeline import Reconciled, reconcile_batch
from summit_pipeline.reconcile.tables import StoryDocument
from summit_pipeline.text.identity import stable_id
from summit_pipeline.vocabulary import DocumentVersion, NormalisedText

_SEEN = datetime(2026, 1, 1)  # after every article: a date later than that would be no date
_FIGURES = (
    "differ_found",
    "agree_found",
    "label_right",
    "contradiction_recall",
    "contradiction_precision",
    "contradictions_predicted",
    "joined",
)


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    """Figures of the scorer for each folder of marks under `data/facts`."""
    root = data / "facts"
    scorer = _scorer(root / "score.py")
    figures: dict[str, float] = {}
    written: list[str] = []
    for folder in sorted(p.parent for p in root.glob("*/gold.jsonl")):
        articles = read_lines(folder / "articles.jsonl")
        predicted = list(predict(articles))
        texts = {a["doc_id"]: a["text"] for a in articles}
        result = scorer.score(read_lines(folder / "gold.jsonl"), texts, predicted)
        figures |= {f"{folder.name}_{name}": result[name] or 0.0 for name in _FIGURES}
        lines = [json.dumps(p, ensure_ascii=False) + "\n" for p in predicted]
        written += lines
        if predictions is not None and predictions.is_dir():
            (predictions / f"{folder.name}.jsonl").write_text("".join(lines), encoding="utf-8")
    if predictions is not None and not predictions.is_dir():
        predictions.write_text("".join(written), encoding="utf-8")
    return figures


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("facts_score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def predict(articles: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Relations between the claims of the articles, grouped as their `story_id` says."""
    claims, reconciled = reconcile_articles(list(articles))
    at = {
        claim_id: (version, start, end)
        for claim_id, version, start, end in claims.select(
            "claim_id", "version_id", "start_char", "end_char"
        ).iter_rows()
    }
    for row in reconciled.relations.sort("claim_a", "claim_b").iter_rows(named=True):
        (doc_a, start_a, end_a), (doc_b, start_b, end_b) = at[row["claim_a"]], at[row["claim_b"]]
        yield {
            "doc_a": doc_a,
            "start_a": start_a,
            "end_a": end_a,
            "doc_b": doc_b,
            "start_b": start_b,
            "end_b": end_b,
            "relation": row["relation"],
        }


def reconcile_articles(articles: list[dict[str, Any]]) -> tuple[pl.DataFrame, Reconciled]:
    """Claims and what they come to; the articles' own ids stand for document and version."""
    versions = rows.frame(DocumentVersion, [document_version(a) for a in articles])
    texts = normalise_batch(versions).texts
    extracted = extract_batch(texts.with_columns(reference_date=pl.col("published_at").dt.date()))
    by_id = {a["doc_id"]: a for a in articles}
    documents = rows.frame(
        StoryDocument,
        [_story_document(t, by_id[t.version_id]) for t in rows.read(NormalisedText, texts)],
    ).with_columns(
        story_id=pl.col("version_id").replace_strict({i: a["story_id"] for i, a in by_id.items()})
    )
    return extracted.claims, reconcile_batch(documents, extracted.claims, extracted.names)


def document_version(article: dict[str, Any]) -> DocumentVersion:
    """The article as a version of a document; its own id stands for both."""
    body = article["text"].encode("utf-8", "surrogatepass")
    return DocumentVersion(
        version_id=article["doc_id"],
        document_id=article["doc_id"],
        source="facts",
        locator=article["doc_id"],
        outlet=article.get("source") or article["doc_id"],
        url=article.get("url") or None,
        media_type="text/plain",
        declared_encoding=None,
        title_field=None,
        published_field=article.get("date") or None,
        body=body,
        body_hash=stable_id(article["text"]),
        first_seen_at=_SEEN,
        first_run_id="benchmark",
    )


def _story_document(text: NormalisedText, article: dict[str, Any]) -> StoryDocument:
    return StoryDocument(
        document_id=text.version_id,
        version_id=text.version_id,
        source="facts",
        outlet=article.get("source") or article["doc_id"],
        url=article.get("url") or None,
        title=text.title,
        raw_text=text.raw_text,
        clean_text=text.clean_text,
        language=text.language,
        published_at=text.published_at,
        published_basis=text.published_basis,
        dateline_place=text.dateline_place,
        agencies=text.agencies,
        text_grade=text.text_grade,
        text_grade_score=text.text_grade_score,
        text_grade_reason=text.text_grade_reason,
    )
