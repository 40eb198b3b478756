"""Debris and encoding: are page remains found as spans, and is clean text left alone?

Data: `seeds/debris.json` (marks on the seed articles, offsets into the decoded text), with the
articles in this project's `seeds/articles`; `corruption/mojibake.json` (ftfy's cases) and
`corruption/clean_bbc.jsonl` (news articles that nothing may be found wrong with); marked pages of
`html_pages` (figures `pages_...`, see `marked_pages`), left out where they are not there.

`..._body_sentences_lost` count sentences of running text, of the BBC articles and of 1,000 articles
of `load`, that are missing in the clean text; `..._per_cpu_second` are over those 1,000, and
`peak_mb` is the memory of this process, grading included.

A mark counts as found if a finding whose kind fits overlaps it by at least half of the shorter of
the two; a finding is right if it so overlaps a mark. Marks on wording (grammar, spelling, missing
words) are no debris and are left out.
"""

import json
import resource
import time
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.html_pages import pages_folder
from benchmarks.marked_pages import page_figures
from summit_pipeline.normalise.findings import Finding
from summit_pipeline.normalise.mojibake import repair
from summit_pipeline.normalise.pipeline import CleanText, clean_text
from summit_pipeline.normalise.spinning.grading import grade_text
from summit_pipeline.text.layers import apply_edits
from summit_pipeline.text.sentences import split_sentences

_ARTICLES = Path(__file__).parents[1] / "seeds" / "articles"

# Kind of mark -> kinds of findings that tell the same.
_KINDS = {
    "dateline": {"dateline"},
    "image_markdown": {"markup"},
    "subheading": {"subhead"},
    "boilerplate_heading": {"boilerplate"},
    "summary_bullet": {"repeated"},
    "duplicated_text": {"repeated"},
    "breadcrumb_line": {"boilerplate", "byline"},
    "tweet_embed": {"embed"},
    "url": {"embed", "markup"},
    "comment_prompt": {"boilerplate"},
    "run_together": {"boilerplate", "byline"},
}
_TITLES = {"title_line", "duplicated_title"}
_LOAD_ARTICLES = 1000
_RUNNING_TEXT = 2


def run(data: Path, predictions: Path | None = None) -> dict[str, float]:
    """Figures of the debris rules on the seeds and of encoding repair."""
    figures = _seed_figures(
        json.loads((data / "seeds" / "debris.json").read_text("utf-8"))["items"]
    )
    figures.update(_mojibake_figures(data / "corruption", predictions))
    if (data / "load/articles.parquet").exists():
        figures.update(_load_figures(data / "load/articles.parquet"))
    try:
        figures.update(page_figures(pages_folder(data)))
    except FileNotFoundError as error:
        print(f"debris: marked pages skipped, no data: {error.filename}")
    return figures


def _seed_figures(items: list[dict[str, Any]]) -> dict[str, float]:
    found = marked = right = told = titles = titles_right = 0
    for path in sorted(_ARTICLES.glob("*.txt")):
        own = [item for item in items if path.name.startswith(item["seed"])]
        clean = clean_text(path.read_bytes(), "text/plain")
        marks = [m for m in own if m["kind"] in _KINDS]
        for mark in marks:
            hit = any(f.kind in _KINDS[mark["kind"]] and _overlap(f, mark) for f in clean.findings)
            marked, found = marked + 1, found + hit
            if not hit:
                print(f"missed in {mark['seed']}: {mark['kind']} {mark['text'][:60]!r}")
        for finding in clean.findings:
            hit = any(finding.kind in _KINDS[m["kind"]] and _overlap(finding, m) for m in marks)
            told, right = told + 1, right + hit
            if not hit:
                print(f"not marked in {path.name[:3]}: {finding.kind} {finding.rule}")
        for mark in (m for m in own if m["kind"] in _TITLES):
            titles, titles_right = titles + 1, titles_right + _has_title(clean, mark)
    precision, recall = right / max(told, 1), found / max(marked, 1)
    return {
        "debris_precision": precision,
        "debris_recall": recall,
        "debris_f1": 2 * precision * recall / max(precision + recall, 1e-9),
        "titles_right": titles_right / max(titles, 1),
    }


def _overlap(finding: Finding, mark: dict[str, Any]) -> bool:
    start, end = int(mark["start"]), int(mark["end"])
    common = min(finding.end, end) - max(finding.start, start)
    shorter = min(finding.end - finding.start, end - start)
    return common * 2 >= shorter


def _has_title(clean: CleanText, mark: dict[str, Any]) -> bool:
    span = clean.title_span
    return span is not None and (span.start, span.end) == (mark["start"], mark["end"])


def _load_figures(path: Path) -> dict[str, float]:
    table = pl.read_parquet(path, columns=["title", "text"], n_rows=_LOAD_ARTICLES)
    articles = [(title, text) for title, text in table.select("title", "text").iter_rows()]
    lost = total = 0
    layers = grading = 0.0
    for title, text in articles:
        body = text.encode()
        start = time.process_time()
        clean = clean_text(body, "text/plain", None, title)
        end = time.process_time()
        grade_text(clean.layer, clean.sentences, clean.title, None)
        layers, grading = layers + end - start, grading + time.process_time() - end
        one, all_ = _lost_sentences(text, clean)
        lost, total = lost + one, total + all_
    return {
        "load_sentences": total,
        "load_body_sentences_lost": lost,
        "layers_per_cpu_second": len(articles) / layers,
        "grading_per_cpu_second": len(articles) / grading,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _lost_sentences(text: str, clean: CleanText) -> tuple[int, int]:
    """Sentences of running text that the clean text lacks, and how many there are.

    A line of running text has two sentences or more; by that, furniture is none.
    """
    kept = " ".join(clean.layer.text.split())
    lost = total = 0
    at = 0
    for line in text.split("\n"):
        sentences = split_sentences(text, at, at + len(line))
        at += len(line) + 1
        if len(sentences) < _RUNNING_TEXT:
            continue
        for span in sentences[1:]:  # the first may have lost its dateline
            words = " ".join(text[span.start : span.end].split())
            total += 1
            lost += words not in kept and not clean.layer.to_clean(
                *_in_raw(clean, span.start, span.end)
            )
    return lost, total


def _in_raw(clean: CleanText, start: int, end: int) -> tuple[int, int]:
    """Offsets into the body as offsets into the raw text, which has the title before it."""
    shift = 0 if clean.title_end is None else clean.title_end + 2
    return start + shift, end + shift


def _mojibake_figures(folder: Path, predictions: Path | None) -> dict[str, float]:
    cases = json.loads((folder / "mojibake.json").read_text("utf-8"))
    repaired = [apply_edits(c["original"], repair(c["original"])[0]).text for c in cases]
    if predictions is not None:
        predictions.write_text(json.dumps({"mojibake": repaired}), "utf-8")
    counted = [(c, r) for c, r in zip(cases, repaired, strict=True) if c["expect"] == "pass"]
    wrong = sum(r != c["fixed_encoding"] for c, r in counted)
    changed = false_debris = articles = lost = sentences = 0
    with (folder / "clean_bbc.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            articles += 1
            changed += bool(repair(text)[0])
            clean = clean_text(text.encode(), "text/plain")
            kinds = {f.kind for f in clean.findings}
            one, all_ = _lost_sentences(text, clean)
            lost, sentences = lost + one, sentences + all_
            false_debris += bool(kinds & {"truncated", "embed", "byline", "boilerplate", "markup"})
    return {
        "mojibake_right": 1 - wrong / max(len(counted), 1),
        "clean_articles_changed": changed,
        "clean_articles_with_debris": false_debris / max(articles, 1),
        "bbc_sentences": sentences,
        "bbc_body_sentences_lost": lost,
    }
