"""Quotations and statements against PolNeAR, hand-resolved pronouns and the seeds' quotations.

Scores with the folder's own `score.py`; figures are per cent, speed is words per CPU-second of
quotations and statements alone (names and sentences are made before the clock starts).
"""

import importlib.util
import json
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.naming.names import find_names
from summit_pipeline.extract.saying.attributions import (
    LEAST_CONFIDENCE,
    Attribution,
    find_attributions,
)
from summit_pipeline.text.layers import identity
from summit_pipeline.text.sentences import split_sentences
from summit_pipeline.vocabulary import Sentence


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    scorer = scorer_of(data)
    gold = lines(data / "quotes" / "polnear.jsonl")
    predicted: dict[str, list[dict[str, Any]]] = {}
    found: dict[str, tuple[Attribution, ...]] = {}
    words, seconds = 0, 0.0
    for article in gold:
        doc = document(article["text"], article["doc_id"])
        names = find_names(doc)
        started = time.process_time()
        attributions = find_attributions(doc, names)
        seconds += time.process_time() - started
        words += len(doc.text.split())
        found[article["doc_id"]] = attributions
        predicted[article["doc_id"]] = as_predictions(doc.text, attributions)
    if predictions is not None:
        with predictions.open("w", encoding="utf-8") as file:
            for doc_id, quotes in predicted.items():
                line = json.dumps({"doc_id": doc_id, "quotes": quotes}, ensure_ascii=False)
                file.write(line + "\n")
    scores = scorer.score(gold, predicted)
    figures = {
        "quoted_stretches_exact_f1": scores["T1 exact"]["F"],
        "quoted_stretches_with_speaker_f1": scores["T1 joint"]["F"],
        "statements_f1": scores["T2 partial"]["F"],
        "statements_with_speaker_f1": scores["T2 joint"]["F"],
        "words_per_cpu_second": round(words / seconds) if seconds else 0.0,
    }
    figures.update(_pronouns(data, found))
    figures.update(_seeds(data))
    return figures


def document(text: str, version_id: str) -> CleanDocument:
    """A document of plain text, one paragraph a line, as the benchmark articles are."""
    sentences: list[Sentence] = []
    start = 0
    for number, line in enumerate(text.split("\n")):
        for span in split_sentences(text, start, start + len(line)):
            sentences.append(Sentence(span.start, span.end, number, "body"))
        start += len(line) + 1
    return CleanDocument(version_id, identity(text), tuple(sentences), None)


def as_predictions(text: str, found: tuple[Attribution, ...]) -> list[dict[str, Any]]:
    """The attributions of an article in the form that the scorer reads: one entry an utterance."""
    utterances: dict[int, list[Attribution]] = {}
    for attribution in found:
        if not attribution.fragment:
            utterances.setdefault(attribution.utterance, []).append(attribution)
    return [_prediction(text, parts) for parts in utterances.values()]


def _prediction(text: str, parts: list[Attribution]) -> dict[str, Any]:
    quoted = [(p.content[0].start, p.content[-1].end) for p in parts if p.quoted]
    plain = [(s.start, s.end) for p in parts if not p.quoted for s in p.content]
    outside = [q for q in quoted if not any(a <= q[0] and q[1] <= b for a, b in plain)]
    spans = sorted(plain + outside)
    sure = [p for p in parts if p.speaker_span is not None and p.confidence >= LEAST_CONFIDENCE]
    named = next(iter(sure), None)
    spoken = named.speaker_span if named else None
    return {
        "start": spans[0][0],
        "end": spans[-1][1],
        "spans": spans,
        "segments": [{"start": a, "end": b} for a, b in quoted],
        "speaker": text[spoken.start : spoken.end] if spoken else None,
        "speaker_start": spoken.start if spoken else None,
        "speaker_end": spoken.end if spoken else None,
        "speaker_resolved": named.speaker if named else None,
        "rule": parts[0].rule,
    }


def _pronouns(data: Path, found: dict[str, tuple[Attribution, ...]]) -> dict[str, float]:
    """Share of the hand-resolved he and she that get the right surname."""
    path = data / "quotes" / "pronoun_gold_40.json"
    if not path.exists():
        return {}
    cases = json.loads(path.read_text("utf-8"))
    cases = [c for c in cases if c["doc_id"] in found]
    right = 0
    for case in cases:
        for attribution in found[case["doc_id"]]:
            span = attribution.speaker_span
            if span is not None and span.start == case["start"]:
                right += case["entity"] in (attribution.speaker or "")
                break
    return {"pronouns_right": round(100 * right / len(cases), 1)} if cases else {}


def _seeds(data: Path) -> dict[str, float]:
    """Share of the seeds' quoted stretches that are found and given the right speaker."""
    folder = Path(__file__).parent.parent / "seeds" / "articles"
    path = data / "seeds" / "quotes.json"
    if not path.exists():
        return {}
    marks = json.loads(path.read_text("utf-8"))["quotes"]
    texts = {p.name[:3]: p.read_text("utf-8") for p in sorted(folder.glob("*.txt"))}
    right, total = 0, 0
    found = {}
    for seed, text in texts.items():
        doc = document(text, seed)
        found[seed] = find_attributions(doc, find_names(doc))
    for mark in marks:
        text = texts.get(mark["seed"], "")
        for piece in mark["pieces"]:
            if text[piece["start"] - 1 : piece["start"]] not in ("“", '"'):
                continue
            total += 1
            hits = [
                a
                for a in found[mark["seed"]]
                if a.quoted
                and any(c.start < piece["end"] and piece["start"] < c.end for c in a.content)
            ]
            right += bool(hits) and _same_speaker(hits[0].speaker, mark["speaker_resolved"])
    if not total:
        return {}
    return {"seed_stretches": float(total), "seed_stretches_right": float(right)}


def _same_speaker(mine: str | None, marked: str | None) -> bool:
    if mine is None or marked is None:
        return mine is marked
    return bool({w for w in mine.lower().split() if len(w) > 3} & set(marked.lower().split()))


def scorer_of(data: Path) -> ModuleType:
    """The scorer that lies in the data folder."""
    spec = importlib.util.spec_from_file_location("quotes_score", data / "quotes" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(data / "quotes" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
