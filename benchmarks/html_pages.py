"""How much of an article the reader of HTML pages finds, and how much else it takes for article.

Data: the article extraction benchmark of Scrapinghub (181 pages of news sites and blogs with their
article bodies by hand, MIT; `html/ID.html.gz`, `ground-truth.json`), in `pages` beside the other
evaluation data or in $SUMMIT_PAGES_DIR. Scored as that benchmark's own program does: precision and
recall of shingles of four words, averaged over pages (its "accuracy", bodies equal word for word,
is left out: captions and headings that we keep apart count there).

`f1_dev` is over the pages whose id begins with 0 to 7, which rules were made on; `f1_held_out` over
the rest. `body_recall` counts everything the clean text holds, whatever part it was taken for.
"""

import gzip
import json
import os
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from summit_pipeline.normalise.pipeline import normalise_batch
from summit_pipeline.rows import frame, read
from summit_pipeline.vocabulary import DocumentVersion, NormalisedText

_TOKEN = re.compile(r"\w+")
_SHINGLE = 4
# What a page shows as the running text of its article.
_ARTICLE_PARTS = frozenset({"body", "bullet", "subhead", "embed"})
DEV = frozenset("01234567")


def pages_folder(data: Path) -> Path:
    """The folder of the pages.

    Raises:
        FileNotFoundError: if it is not there.
    """
    folder = data / "pages"
    if not folder.exists():
        folder = Path(os.environ.get("SUMMIT_PAGES_DIR", folder))
    if not (folder / "ground-truth.json").exists():
        raise FileNotFoundError(2, "no such folder", str(folder))
    return folder


def page_body(folder: Path, page: str) -> bytes:
    """The bytes of one page."""
    return gzip.decompress((folder / "html" / f"{page}.html.gz").read_bytes())


def run(data: Path, predictions: Path | None = None) -> dict[str, float]:
    """Figures over all pages; `predictions` gets the bodies in the form of the benchmark's own."""
    folder = pages_folder(data)
    truth: dict[str, dict[str, str]] = json.loads(
        (folder / "ground-truth.json").read_text(encoding="utf-8")
    )
    versions = frame(
        DocumentVersion, [version(page, page_body(folder, page)) for page in sorted(truth)]
    )
    start = time.process_time()
    texts = {t.version_id: t for t in read(NormalisedText, normalise_batch(versions).texts)}
    seconds = time.process_time() - start
    bodies = {page: article_text(text) for page, text in texts.items()}
    if predictions is not None:
        written = {page: {"articleBody": body} for page, body in bodies.items()}
        predictions.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    scored = {page: matching(truth[page].get("articleBody", ""), bodies[page]) for page in truth}
    whole = [matching(truth[p].get("articleBody", ""), texts[p].clean_text) for p in truth]
    figures = {"pages": float(len(truth)), **scores(scored.values())}
    dev = scores(m for page, m in scored.items() if page[0] in DEV)
    held_out = scores(m for page, m in scored.items() if page[0] not in DEV)
    figures |= {"f1_dev": dev["f1"], "f1_held_out": held_out["f1"]}
    figures["body_recall"] = scores(whole)["recall"]
    figures["pages_under_0.9_body_recall"] = sum(tp < 0.9 * (tp + fn) for tp, _, fn in whole)
    figures["pages_per_cpu_second"] = len(truth) / seconds
    return figures


def version(page: str, body: bytes) -> DocumentVersion:
    """A page as a document version of its own."""
    return DocumentVersion(
        version_id=page,
        document_id=page,
        source="pages",
        locator=page,
        outlet="pages",
        url=None,
        media_type="text/html",
        declared_encoding=None,
        title_field=None,
        published_field=None,
        body=body,
        body_hash=page,
        first_seen_at=datetime(2026, 1, 1),
        first_run_id="benchmark",
    )


def article_text(text: NormalisedText) -> str:
    """The running text of an article: its clean text without title and captions."""
    return "\n".join(
        text.clean_text[s.clean_start : s.clean_end]
        for s in text.sentences
        if s.part in _ARTICLE_PARTS
    )


def matching(true: str, found: str) -> tuple[float, float, float]:
    """Shingles common, too many and missing, as shares of all of them."""
    want, got = _shingles(true), _shingles(found)
    common = float((want & got).total())
    extra, missing = got.total() - common, want.total() - common
    everything = (common + extra + missing) or 1.0
    return common / everything, extra / everything, missing / everything


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    places = range(max(1, len(tokens) - _SHINGLE + 1))
    return Counter(s for i in places if (s := tuple(tokens[i : i + _SHINGLE])))


def scores(matches: Iterable[tuple[float, float, float]]) -> dict[str, float]:
    """Mean precision and recall over pages, and the F1 of the two means."""
    pages = list(matches)
    precision = statistics.mean(tp / (tp + fp) if tp else 0.0 for tp, fp, _ in pages if tp + fp)
    recall = statistics.mean(tp / (tp + fn) if tp else 0.0 for tp, _, fn in pages if tp + fn)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(precision + recall, 1e-9),
    }
