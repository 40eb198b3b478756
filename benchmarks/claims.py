"""How much of what people marked as facts in real stories the extract stage reads, and how fast.

A marked mention counts as read when a claim of ours overlaps its words, as read in kind when that
claim has the kind of the mark.
"""

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from summit_pipeline.extract.pipeline import extract_batch
from summit_pipeline.rows import frame
from summit_pipeline.text.layers import identity
from summit_pipeline.text.sentences import split_sentences
from summit_pipeline.vocabulary import NormalisedText, Sentence


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def text_row(article: dict[str, Any]) -> NormalisedText:
    """An article as the normalise stage would hand it on if it changed nothing."""
    text, start = article["text"], 0
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(text.split("\n")):
        end = start + len(paragraph)
        if paragraph.strip():
            spans = split_sentences(text, start, end)
            sentences.extend(Sentence(s.start, s.end, number, "body") for s in spans)
        start = end + 1
    return NormalisedText(
        version_id=article["doc_id"], raw_text=text, title_end_char=None, encoding="utf-8",
        encoding_basis="utf-8", title=None, title_start=None, title_end=None, clean_text=text,
        runs=identity(text).runs, sentences=tuple(sentences), language="en",
        language_basis="given", published_at=None, published_basis="none", dateline_place=None,
        agencies=(), word_count=len(text.split()), text_grade="not_judged", text_grade_score=None,
        text_grade_reason="",
    )  # fmt: skip


def reference_of(article: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat((article.get("date") or "")[:10])
    except ValueError:
        return None


def located(mention: dict[str, Any], text: str) -> tuple[int, int] | None:
    at = text.find(mention["sentence"])
    word = mention["sentence"].find(mention["words"])
    return (at + word, at + word + len(mention["words"])) if at >= 0 and word >= 0 else None


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    folder = data / "facts" / "dev"
    articles = list(lines(folder / "articles.jsonl"))
    texts = frame(NormalisedText, [text_row(a) for a in articles]).with_columns(
        pl.Series("reference_date", [reference_of(a) for a in articles], dtype=pl.Date)
    )
    started = time.process_time()
    claims = extract_batch(texts).claims
    seconds = time.process_time() - started
    spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for version, start, end, kind in claims.select(
        "version_id", "start_char", "end_char", "kind"
    ).iter_rows():
        spans[version].append((start, end, kind))
    marked: Counter[str] = Counter()
    read: Counter[str] = Counter()
    in_kind: Counter[str] = Counter()
    by_id = {a["doc_id"]: a["text"] for a in articles}
    for story in lines(folder / "gold.jsonl"):
        for fact in story["facts"]:
            for mention in fact["mentions"]:
                where = located(mention, by_id[mention["doc_id"]])
                if where is None:
                    continue
                kind = fact["kind"]
                hits = [k for s, e, k in spans[mention["doc_id"]] if s < where[1] and where[0] < e]
                marked[kind] += 1
                read[kind] += bool(hits)
                in_kind[kind] += kind in hits
    if predictions is not None:
        claims.write_parquet(predictions / "claims.parquet")
    figures = {
        "claims_per_article": claims.height / len(articles),
        "kilobytes_per_cpu_second": sum(map(len, by_id.values())) / 1000 / seconds,
        "articles_of_5kb_per_cpu_second": sum(map(len, by_id.values())) / 5000 / seconds,
        "mentions_read": sum(read.values()) / sum(marked.values()),
        "mentions_read_in_kind": sum(in_kind.values()) / sum(marked.values()),
    }
    for kind in sorted(marked):
        figures[f"read_{kind}"] = read[kind] / marked[kind]
        figures[f"read_in_kind_{kind}"] = in_kind[kind] / marked[kind]
    for name, count in claims.group_by("kind").len().sort("kind").iter_rows():
        figures[f"claims_per_article_{name}"] = count / len(articles)
    heads = claims.filter(pl.col("kind").is_in(["money", "percent", "count", "rate", "measure"]))
    figures["amounts_with_measure"] = heads["measure_head"].is_not_null().mean()  # type: ignore[assignment]
    return figures
