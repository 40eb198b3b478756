"""Whom names, pronouns and role nouns stand for within one document, on articles of the load set.

`marks/names.jsonl` holds 84 mentions of 24 articles of as many outlets, drawn at random from those
that the readers found, and resolved by hand by reading the article: offsets of the mention and of a
place where its bearer is named most fully, without any text. `antecedent` is null where the words
name nobody, or nobody whom the article names. The sample tells how many links are right, not how
many names are missed.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.quotes import document, lines
from summit_pipeline.extract.naming.names import NameBook, find_names
from summit_pipeline.extract.saying.attributions import Attribution, find_attributions

MARKS = Path(__file__).parent / "marks" / "names.jsonl"


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    marks = lines(MARKS)
    path = data / "load" / "articles.parquet"
    wanted = pl.col("doc_id").is_in(sorted({mark["doc_id"] for mark in marks}))
    rows = pl.scan_parquet(path).filter(wanted).select("doc_id", "text").collect().iter_rows()
    read = {doc_id: _read(text, doc_id) for doc_id, text in rows}
    counts: Counter[str] = Counter()
    with (predictions or Path("/dev/null")).open("w", encoding="utf-8") as sink:
        for mark in marks:
            right = _is_right(mark, *read[mark["doc_id"]])
            counts[mark["kind"]] += 1
            counts[f"{mark['kind']}_right"] += right
            sink.write(json.dumps({**mark, "right": right}) + "\n")
    kinds = ("name", "pronoun", "role")
    total = sum(counts[f"{kind}_right"] for kind in kinds)
    shares = {f"{kind}s_right": counts[f"{kind}_right"] / counts[kind] for kind in kinds}
    return {"marks": float(len(marks)), "links_right": total / len(marks), **shares}


def _read(text: str, doc_id: str) -> tuple[NameBook, tuple[Attribution, ...]]:
    doc = document(text, doc_id)
    names = find_names(doc)
    return names, find_attributions(doc, names)


def _is_right(mark: dict[str, Any], names: NameBook, said: tuple[Attribution, ...]) -> bool:
    """Whether the mention is linked as marked; a speaker that is not given is not right."""
    if mark["kind"] == "name":
        mention = names.mention_at(mark["start"])
        ours = mention.canonical if mention else None
    else:
        starts = (a for a in said if a.speaker_span and a.speaker_span.start == mark["start"])
        ours = next((a.speaker for a in starts), None)
    if mark["antecedent"] is None:
        return ours is None or names.type_of(ours) is None
    bearer = names.mention_at(mark["antecedent"][0])
    return ours is not None and bearer is not None and bearer.canonical == ours
