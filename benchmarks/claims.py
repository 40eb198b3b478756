"""How much of what people marked as facts in real stories the extract stage reads, and how fast.

A marked mention counts as read when a claim of ours overlaps its words, as read in kind when that
claim has the kind of the mark. The marks know fewer kinds than claims have: a tally or a rank is
marked as count, a place as name, a rate as measure, and `_KINDS` says so.

A third of the stories, chosen by the hash of their id, is held out from tuning; its figures are
told apart (`held_out.`).
"""

import hashlib
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

# Kinds of claims that count as a marked kind, beside the kind of the same name.
_KINDS = {
    "count": ("count", "ordinal", "score"),
    "name": ("name", "place"),
    "measure": ("measure", "rate"),
}
_HELD_OUT_OF = 3


def is_held_out(story_id: str) -> bool:
    """Whether a story's figures are only looked at and never tuned on."""
    return int(hashlib.sha256(story_id.encode()).hexdigest(), 16) % _HELD_OUT_OF == 0


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
    held: Counter[str] = Counter()
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
                right = any(k in _KINDS.get(kind, (kind,)) for k in hits)
                in_kind[kind] += right
                if is_held_out(story["story_id"]):
                    held[f"marked_{kind}"] += 1
                    held[kind] += right
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
        if held[f"marked_{kind}"]:
            share = held[kind] / held[f"marked_{kind}"]
            figures[f"held_out.read_in_kind_{kind}"] = share
    for name, count in claims.group_by("kind").len().sort("kind").iter_rows():
        figures[f"claims_per_article_{name}"] = count / len(articles)
    heads = claims.filter(pl.col("kind").is_in(["money", "percent", "count", "rate", "measure"]))
    figures["amounts_with_measure"] = heads["measure_head"].is_not_null().mean()  # type: ignore[assignment]
    return figures
