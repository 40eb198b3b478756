"""How much of an article the reader of HTML pages finds, and how much else it takes for article.

Data: the article extraction benchmark of Scrapinghub (181 pages of news sites and blogs with their
article bodies by hand, MIT; `html/ID.html.gz`, `ground-truth.json`), in `pages` beside the other
evaluation data or in $SUMMIT_PAGES_DIR. Scored as that benchmark's own program does: precision and
recall of shingles of four words, averaged over pages (its "accuracy", bodies equal word for word,
is left out: captions and headings that we keep apart count there).

`f1_dev` is over the pages whose id begins with 0 to 7, which rules were made on; `f1_held_out` over
the rest. `f1_one_reader` is without the vote of the second reader; CPU seconds include those of the
child process that it runs in. `low_yield` counts pages so flagged. `body_recall` counts everything
the clean text holds, whatever part it was taken for.
"""

import gzip
import json
import os
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from summit_pipeline.execution.second_reading import normalise_with_second_reader
from summit_pipeline.normalise.pipeline import Normalised, normalise_batch
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
    wanted = {page: entry.get("articleBody", "") for page, entry in truth.items()}
    versions = frame(
        DocumentVersion, [version(page, page_body(folder, page)) for page in sorted(wanted)]
    )
    alone = _measured(wanted, versions, normalise_batch)
    both = _measured(wanted, versions, normalise_with_second_reader)
    if predictions is not None:
        written = {page: {"articleBody": article_text(t)} for page, t in both.texts.items()}
        predictions.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    whole = [matching(wanted[p], both.texts[p].clean_text) for p in wanted]
    return {
        "pages": float(len(wanted)),
        **scores(both.matches.values()),
        "f1_dev": _f1(both, lambda page: page[0] in DEV),
        "f1_held_out": _f1(both, lambda page: page[0] not in DEV),
        "f1_one_reader": _f1(alone, lambda page: True),
        "f1_one_reader_held_out": _f1(alone, lambda page: page[0] not in DEV),
        "body_recall": scores(whole)["recall"],
        "pages_under_0.9_body_recall": sum(tp < 0.9 * (tp + fn) for tp, _, fn in whole),
        "low_yield": both.low_yield,
        "pages_per_cpu_second": len(wanted) / both.seconds,
        "pages_per_cpu_second_one_reader": len(wanted) / alone.seconds,
    }


@dataclass(frozen=True, slots=True)
class _Measured:
    texts: dict[str, NormalisedText]
    matches: dict[str, tuple[float, float, float]]
    low_yield: int
    seconds: float


def _measured(
    wanted: dict[str, str], versions: pl.DataFrame, normalise: Callable[[pl.DataFrame], Normalised]
) -> _Measured:
    start = _cpu_seconds()
    done = normalise(versions)
    seconds = _cpu_seconds() - start
    texts = {t.version_id: t for t in read(NormalisedText, done.texts)}
    matches = {page: matching(wanted[page], article_text(texts[page])) for page in wanted}
    low_yield = done.issues.filter(pl.col("kind") == "low_yield").height
    return _Measured(texts, matches, low_yield, seconds)


def _cpu_seconds() -> float:
    """CPU seconds of this process and of its children that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _f1(measured: _Measured, chosen: Callable[[str], bool]) -> float:
    return scores(m for page, m in measured.matches.items() if chosen(page))["f1"]


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
