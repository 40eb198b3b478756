"""How well spun text is told from clean news, against the evaluation folder `corruption`.

Pairs that a text's own event taught are left out when the text is scored, so that no figure tests
what it was learned from. `_without_001` figures also leave out the pairs known only from seed 001;
`_learned_only` figures rest on pairs that other pages taught, without those of general knowledge.
"""

import bisect
import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from summit_pipeline.normalise.spinning.grading import Grade, grade_text
from summit_pipeline.text.layers import identity

_VARIANTS = {
    "": frozenset[str](),
    "_without_001": frozenset({"seed001"}),
    "_learned_only": frozenset({"general"}),
}
SEEDS = Path(__file__).parents[1] / "seeds/articles"
# Score of a text that is not judged: below every judged one.
_NOT_JUDGED = -100.0
_SPEED_ARTICLES = 1000


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    docs: list[dict[str, Any]] = json.loads((data / "corruption/docs.json").read_text("utf-8"))
    lines = (data / "corruption/clean_bbc.jsonl").read_text("utf-8").splitlines()
    bbc: list[dict[str, Any]] = [json.loads(line) for line in lines]
    figures: dict[str, float] = {}
    scores: dict[str, float] = {}
    for name, without in _VARIANTS.items():
        background = {d["id"]: grade(d["text"], without) for d in bbc}
        graded = {d["id"]: grade(d["text"], without | {f"docs:{d['event']}"}) for d in docs}
        figures |= {f"{k}{name}": v for k, v in _documents(docs, graded, background).items()}
        figures |= {f"{k}{name}": v for k, v in _grades(background.values()).items()}
        scores = scores or {k: _score(g) for k, g in {**background, **graded}.items()}
    spans: dict[str, list[list[int]]] = {}
    gold_file = data / "seeds/spun_phrases.json"
    if gold_file.exists():
        spans = _seed_spans()
        gold = [(i["start"], i["end"]) for i in json.loads(gold_file.read_text("utf-8"))["items"]]
        figures |= _spans(spans, gold)
        figures |= _seed_grades()
    if (data / "load/articles.parquet").exists():
        figures["grading_articles_per_cpu_second"] = _speed(data / "load/articles.parquet")
    if predictions is not None:
        predictions.write_text(json.dumps({"docs": scores, "spans": spans}), "utf-8")
    return figures


def grade(text: str, without: frozenset[str] = frozenset()) -> Grade:
    return grade_text(identity(text), (), None, None, without)


def _score(graded: Grade) -> float:
    return _NOT_JUDGED if graded.score is None else graded.score


def _documents(
    docs: Sequence[dict[str, Any]], graded: dict[str, Grade], background: dict[str, Grade]
) -> dict[str, float]:
    clean_scores = sorted(_score(g) for g in background.values())
    threshold = clean_scores[int(len(clean_scores) * 0.99)]
    by_label: dict[str, list[Grade]] = {}
    for doc in docs:
        by_label.setdefault(doc["label"], []).append(graded[doc["id"]])
    spun, clean = by_label.get("spun", []), by_label.get("clean", [])
    other = by_label.get("other_machine", [])
    negatives = clean_scores + [_score(g) for g in clean]
    return {
        "spun": len(spun),
        "auc": _auc([_score(g) for g in spun], negatives),
        "found_at_1_percent": sum(_score(g) > threshold for g in spun),
        "graded_spun": sum(g.grade == "spun" for g in spun),
        "clean_web": len(clean),
        "clean_web_flagged": sum(g.grade in {"spun", "suspicious"} for g in clean),
        "other_machine": len(other),
        "other_machine_graded_spun": sum(g.grade == "spun" for g in other),
    }


def _auc(positives: Sequence[float], negatives: Iterable[float]) -> float:
    ordered = sorted(negatives)
    wins = sum(bisect.bisect_left(ordered, x) + bisect.bisect_right(ordered, x) for x in positives)
    return wins / 2 / max(len(positives) * len(ordered), 1)


def _grades(graded: Iterable[Grade]) -> dict[str, float]:
    grades = [g.grade for g in graded]
    return {
        "bbc": len(grades),
        "bbc_spun": grades.count("spun"),
        "bbc_suspicious": grades.count("suspicious"),
        "bbc_not_judged": grades.count("not_judged"),
    }


def _seed_spans() -> dict[str, list[list[int]]]:
    seeds = sorted(SEEDS.glob("*.txt"))
    spans = {}
    for seed in seeds:
        phrases = grade(seed.read_text("utf-8")).choices
        spans[f"seed_{seed.name[:3]}"] = [[p.clean_start, p.clean_end] for p in phrases]
    return spans


def _seed_grades() -> dict[str, float]:
    """Grades of the seeds, 001 without the pairs known only from it."""
    seeds = {p.name[:3]: p.read_text("utf-8") for p in SEEDS.glob("*.txt")}
    figures = {"seed_001_spun_without_001": 0.0, "clean_seeds_flagged": 0.0}
    for name, text in seeds.items():
        if name == "001":
            graded = grade(text, frozenset({"seed001"}))
            figures["seed_001_spun_without_001"] = float(graded.grade == "spun")
        else:
            figures["clean_seeds_flagged"] += grade(text).grade in {"spun", "suspicious"}
    return figures


def _spans(spans: dict[str, list[list[int]]], gold: Sequence[tuple[int, int]]) -> dict[str, float]:
    found = spans["seed_001"]
    right = sum(any(s < end and start < e for start, end in gold) for s, e in found)
    hit = sum(any(s < end and start < e for s, e in found) for start, end in gold)
    return {
        "spans_precision_001": right / max(len(found), 1),
        "spans_recall_001": hit / max(len(gold), 1),
        "spans_in_clean_seeds": sum(len(v) for k, v in spans.items() if k != "seed_001"),
    }


def _speed(articles: Path) -> float:
    texts = pl.read_parquet(articles, columns=["text"], n_rows=_SPEED_ARTICLES)["text"].to_list()
    grade(texts[0])
    start = time.process_time()
    for text in texts:
        grade(text)
    return len(texts) / (time.process_time() - start)
