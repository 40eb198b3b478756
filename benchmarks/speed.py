"""How fast the readers of the extract stage are, from the bare text, on articles of the load set.

All figures are per second of one thread's processor time, measured in one run; names and sentences
are part of each reader's time, as in the product. A machine that is shared gives half the speed one
minute and the whole the next, so what CI pins is the ratio to a yardstick that runs in between:
plain searches for words, figures and quotation marks over the same texts, the least that any
reader does. `yardsticks` is how many such runs a reader takes.
"""

import random
import re
import resource
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import polars as pl

from benchmarks.claims import text_row
from benchmarks.quotes import document
from summit_pipeline.extract.amounts.quantities import find_quantities
from summit_pipeline.extract.dating.date_spans import spans_by_sentence
from summit_pipeline.extract.dating.dates import find_dates
from summit_pipeline.extract.naming.names import find_names
from summit_pipeline.extract.pipeline import extract_document
from summit_pipeline.extract.saying.attributions import find_attributions

_ARTICLES = 120
_ROUNDS = 5
_REFERENCE = date(2019, 6, 5)
_YARDSTICK = (re.compile(r"\w+"), re.compile(r"\d+(?:[.,]\d+)*"), re.compile(r"[\"“”][^\"“”]*"))
_CHARACTERS = 5000  # of an article, as the issue counts them


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    texts = _texts(data / "load" / "articles.parquet")
    # A process of its own, which holds nothing but these texts: its peak is the readers'.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        return processes.submit(_figures, texts).result()


def _figures(texts: Sequence[str]) -> dict[str, float]:
    readers = {"quotations": _quotations, "amounts": _amounts, "claims": _claims}
    for reader in readers.values():
        reader(texts[:3])  # lexicons and patterns are made at the first call
    yardstick = min(_seconds(_yardstick, texts) for _ in range(_ROUNDS))
    taken = dict.fromkeys(readers, float("inf"))
    for _ in range(_ROUNDS):
        yardstick = min(yardstick, _seconds(_yardstick, texts))
        for name, reader in readers.items():
            taken[name] = min(taken[name], _seconds(reader, texts))
    words = sum(len(text.split()) for text in texts)
    articles = sum(map(len, texts)) / _CHARACTERS
    return {
        "quotations.words_per_cpu_second": round(words / taken["quotations"]),
        "amounts.articles_per_cpu_second": round(articles / taken["amounts"], 1),
        "claims.articles_per_cpu_second": round(articles / taken["claims"], 1),
        **{f"{name}.yardsticks": round(taken[name] / yardstick, 1) for name in readers},
        "peak_mb": round(_peak_mb()),
    }


def _texts(path: Path) -> list[str]:
    texts = pl.read_parquet(path, columns=["text"])["text"].to_list()
    return random.Random(5).sample(texts, _ARTICLES)


def _seconds(reader: Callable[[Sequence[str]], None], texts: Sequence[str]) -> float:
    started = time.process_time()
    reader(texts)
    return time.process_time() - started


def _yardstick(texts: Sequence[str]) -> None:
    for text in texts:
        for pattern in _YARDSTICK:
            pattern.findall(text)


def _quotations(texts: Sequence[str]) -> None:
    for text in texts:
        doc = document(text, "speed")
        find_attributions(doc, find_names(doc))


def _amounts(texts: Sequence[str]) -> None:
    for text in texts:
        doc = document(text, "speed")
        spans = spans_by_sentence(doc.text, doc.sentences, doc.word_places)
        find_quantities(doc, spans)
        find_dates(doc, spans)


def _claims(texts: Sequence[str]) -> None:
    for text in texts:
        extract_document(text_row({"doc_id": "speed", "text": text}), _REFERENCE)


def _peak_mb() -> float:
    """The most memory that the process has held so far.

    Where Linux tells it: `getrusage` would count what the parent held when it started the process.
    """
    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.read_text("ascii").splitlines() if "VmHWM" in line)
        return int(peak.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)  # bytes on macOS
