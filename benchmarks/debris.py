"""Debris and encoding: are page remains found as spans, and is clean text left alone?

Data: `seeds/debris.json` (marks on the seed articles, offsets into the decoded text), with the
articles in this project's `seeds/articles`; `corruption/mojibake.json` (ftfy's cases) and
`corruption/clean_bbc.jsonl` (news articles that nothing may be found wrong with); marked pages of
`html_pages` (figures `pages_...`, see `marked_pages`), left out where they are not there.

A mark counts as found if a finding whose kind fits overlaps it by at least half of the shorter of
the two; a finding is right if it so overlaps a mark. Marks on wording (grammar, spelling, missing
words) are no debris and are left out.
"""

import json
from pathlib import Path
from typing import Any

from benchmarks.html_pages import pages_folder
from benchmarks.marked_pages import page_figures
from summit_pipeline.normalise.findings import Finding
from summit_pipeline.normalise.mojibake import repair
from summit_pipeline.normalise.pipeline import CleanText, clean_text
from summit_pipeline.text.layers import apply_edits

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


def run(data: Path, predictions: Path | None = None) -> dict[str, float]:
    """Figures of the debris rules on the seeds and of encoding repair."""
    figures = _seed_figures(
        json.loads((data / "seeds" / "debris.json").read_text("utf-8"))["items"]
    )
    figures.update(_mojibake_figures(data / "corruption", predictions))
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


def _mojibake_figures(folder: Path, predictions: Path | None) -> dict[str, float]:
    cases = json.loads((folder / "mojibake.json").read_text("utf-8"))
    repaired = [apply_edits(c["original"], repair(c["original"])[0]).text for c in cases]
    if predictions is not None:
        predictions.write_text(json.dumps({"mojibake": repaired}), "utf-8")
    counted = [(c, r) for c, r in zip(cases, repaired, strict=True) if c["expect"] == "pass"]
    wrong = sum(r != c["fixed_encoding"] for c, r in counted)
    changed = false_debris = articles = 0
    with (folder / "clean_bbc.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            articles += 1
            changed += bool(repair(text)[0])
            kinds = {f.kind for f in clean_text(text.encode(), "text/plain").findings}
            false_debris += bool(kinds & {"truncated", "embed", "byline", "boilerplate", "markup"})
    return {
        "mojibake_right": 1 - wrong / max(len(counted), 1),
        "clean_articles_changed": changed,
        "clean_articles_with_debris": false_debris / max(articles, 1),
    }
