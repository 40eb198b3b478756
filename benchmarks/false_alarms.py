"""False alarms of the grade on clean news, by register: python -m benchmarks.false_alarms.

Graded with background counts that were made anew without every fifth outlet of `load` (some minutes
of counting), so that no article was counted that is graded: those outlets' own articles, the US
news of PolNeAR and the articles of the BBC.
"""

import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import polars as pl

from benchmarks.__main__ import data_folder
from summit_pipeline.lexicons import background, spin_channel
from summit_pipeline.lexicons.background_counts import background_table
from summit_pipeline.normalise.pipeline import clean_text
from summit_pipeline.normalise.spinning import grading

_EVERY = 5


def is_left_out(outlet: str | None) -> bool:
    """Whether an outlet takes no part in the background counts."""
    return zlib.crc32((outlet or "").encode()) % _EVERY == 0


def measure(data: Path) -> dict[str, tuple[Counter[str], float]]:
    """For each register the number of texts with each grade, and the highest score."""
    articles = pl.read_parquet(
        data / "load/articles.parquet", columns=["source", "title", "text"]
    ).with_columns(
        left_out=pl.col("source").map_elements(
            is_left_out, return_dtype=pl.Boolean, skip_nulls=False
        )
    )
    counts = background.parse(background_table(articles.filter(~pl.col("left_out"))))
    grades: dict[str, Counter[str]] = defaultdict(Counter)
    highest: dict[str, float] = defaultdict(lambda: float("-inf"))
    spin_channel.load_channel.cache_clear()
    with (
        patch.object(spin_channel, "load_background", lambda: counts),
        patch.object(grading, "load_background", lambda: counts),
    ):
        for register, title, text in _texts(data, articles.filter("left_out")):
            clean = clean_text(text.encode(), "text/plain", None, title)
            graded = grading.grade_text(clean.layer, clean.sentences, clean.title, None)
            grades[register][graded.grade] += 1
            if graded.score is not None:
                highest[register] = max(highest[register], graded.score)
    spin_channel.load_channel.cache_clear()
    return {register: (found, highest[register]) for register, found in grades.items()}


def _texts(data: Path, left_out: pl.DataFrame) -> Iterator[tuple[str, str | None, str]]:
    for title, text in left_out.select("title", "text").iter_rows():
        yield "outlets left out", title, text
    for register, name in (("PolNeAR", "quotes/polnear"), ("BBC", "corruption/clean_bbc")):
        for line in (data / f"{name}.jsonl").read_text("utf-8").splitlines():
            yield register, None, json.loads(line)["text"]


if __name__ == "__main__":
    for name, (found, score) in measure(data_folder()).items():
        print(f"{name}: {dict(found)}, highest score {score:.2f}")
