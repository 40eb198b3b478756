"""Debris on real pages against marks made by reading them (`marks/debris_pages.json`).

Belongs here: the scoring that `debris` reports. A mark is one block of visible text; a finding is
right if its kind fits a mark that it overlaps by at least half of the shorter of the two, a mark is
found if such a finding exists. Blocks marked neutral or title, and findings on them, do not count.
Figures `_inside` are over the stretch from a page's first to its last block of the article: page
furniture before and after it is easy and would outweigh all else. `_held_out` is over the pages
that no rule was made on (`html_pages.DEV`).
"""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.html_pages import DEV, page_body
from summit_pipeline.normalise.findings import Finding
from summit_pipeline.normalise.pipeline import CleanText, clean_text

MARKS = Path(__file__).parent / "marks" / "debris_pages.json"
Mark = tuple[int, int, str]

_CUT = {"boilerplate", "byline", "hidden_text", "repeated"}
# Label of a mark -> kinds of findings that tell the same.
KINDS = {
    "furniture": _CUT,
    "byline": _CUT,
    "credit": _CUT,
    "caption": {"caption"},
    "subhead": {"subhead"},
    "embed": {"embed"},
    "repeated": {"repeated", "boilerplate"},
    "dateline": {"dateline"},
}
_DEBRIS = _CUT | {"caption", "subhead", "embed", "dateline", "truncated", "markup"}
_ARTICLE = {"body", "title", "subhead", "dateline"}


def page_figures(folder: Path, *, show: bool = False) -> dict[str, float]:
    """Span figures over the marked pages; `show` prints what is missed and what is wrong."""
    pages: dict[str, list[Mark]] = json.loads(MARKS.read_text(encoding="utf-8"))["pages"]
    counts: Counter[str] = Counter()
    for page, marks in pages.items():
        clean = clean_text(page_body(folder, page), "text/html")
        _count(counts, clean, marks, "" if page[0] in DEV else "_held_out", page if show else "")
    figures: dict[str, float] = {"marked_pages": float(len(pages))}
    for name in ("", "_inside", "_inside_held_out"):
        recall = counts[f"found{name}"] / max(counts[f"marked{name}"], 1)
        precision = counts[f"right{name}"] / max(counts[f"told{name}"], 1)
        figures[f"pages_precision{name}"] = precision
        figures[f"pages_recall{name}"] = recall
        figures[f"pages_f1{name}"] = 2 * precision * recall / max(precision + recall, 1e-9)
    figures["pages_body_blocks"] = counts["body"]
    figures["pages_body_blocks_lost"] = counts["body_lost"]
    return figures


def _count(
    counts: Counter[str], clean: CleanText, marks: Sequence[Mark], suffix: str, show: str
) -> None:
    article = [m for m in marks if m[2] in _ARTICLE]
    first, last = article[0][0], max(m[1] for m in article)
    findings = [f for f in clean.findings if f.kind in _DEBRIS]
    for mark in marks:
        if mark[2] == "body":
            counts["body"] += 1
            counts["body_lost"] += _is_lost(clean, mark)
        if mark[2] not in KINDS:
            continue
        hit = any(f.kind in KINDS[mark[2]] and _fits(f, mark) for f in findings)
        for name in _names(first <= mark[0] < last, suffix):
            counts[f"marked{name}"] += 1
            counts[f"found{name}"] += hit
        if show and not hit:
            print(f"missed in {show[:8]}: {mark[2]} at {mark[0]}")
    for finding in findings:
        near = [m for m in marks if _fits(finding, m)]
        right = any(finding.kind in KINDS.get(m[2], ()) for m in near)
        if not right and any(m[2] in ("neutral", "title") for m in near):
            continue
        for name in _names(first <= finding.start < last, suffix):
            counts[f"told{name}"] += 1
            counts[f"right{name}"] += right
        if show and not right:
            labels = sorted({m[2] for m in near})
            print(
                f"wrong in {show[:8]}: {finding.kind} {finding.rule} at {finding.start}, {labels}"
            )


def _names(inside: bool, suffix: str) -> list[str]:
    names = [""]
    if inside:
        names.append("_inside")
        if suffix:
            names.append(f"_inside{suffix}")
    return names


def _fits(finding: Finding, mark: Mark) -> bool:
    common = min(finding.end, mark[1]) - max(finding.start, mark[0])
    return common > 0 and common * 2 >= min(finding.end - finding.start, mark[1] - mark[0])


def _is_lost(clean: CleanText, mark: Mark) -> bool:
    """Whether a body block has not come into the clean text, by half of its length or more."""
    span = clean.layer.to_clean(mark[0], mark[1])
    raw = clean.raw[mark[0] : mark[1]]
    visible = sum(len(part.partition(">")[2]) for part in f">{raw}".split("<"))
    return span is None or (span.end - span.start) * 2 < visible
