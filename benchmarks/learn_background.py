"""Learns the background rates of words and word pairs in clean news.

Usage: python -m benchmarks.learn_background ARTICLES.parquet OUT.tsv.gz

Reads articles (columns source, text), counts in how many articles each word and each pair of
neighbouring words stands, and keeps only what enough articles of enough outlets share, so that no
text can be read back from the table. The output is the lexicon `background_pairs.tsv.gz`.
"""

import gzip
import sys
from array import array
from collections import Counter
from pathlib import Path

import polars as pl

from summit_pipeline.text.counted_words import counted_words, table_form

# Kept: words in >= 12 articles, pairs in >= 4 articles of >= 3 outlets. At these floors the file
# stays below 6 MB.
MIN_WORD_DOCUMENTS = 12
MIN_PAIR_DOCUMENTS = 4
MIN_PAIR_OUTLETS = 3
_SHIFT = 1 << 17
HEAD = """\
# How often words, and pairs of neighbouring words, stand in clean English news.
# Origin: counted by benchmarks/learn_background.py over 35,959 articles of 488 outlets, 2001-2020
# (AllSides collection, Article-Bias-Prediction, Apache-2.0). Aggregated counts only, no text:
# words in 12 and more articles, pairs in 4 and more articles of 3 and more outlets.
# First line: articles, words in all. Then: word, articles with it, times in all, followers with
# the articles that have the two side by side ("follower:articles").
# Words are folded as text.counted_words does; "#" stands for every number but the single digits.
"""


def _word_counts(texts: pl.Series) -> tuple[Counter[str], Counter[str]]:
    """In how many articles each word stands, and how often in all."""
    documents: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for text in texts:
        here = Counter(table_form(w.form) for w in counted_words(text) if w.form)
        documents.update(here.keys())
        times.update(here)
    return documents, times


def _pair_keys(texts: pl.Series, ids: dict[str, int]) -> tuple["array[int]", "array[int]"]:
    keys: array[int] = array("Q")
    rows: array[int] = array("I")
    for row, text in enumerate(texts):
        seen: set[int] = set()
        before = -1
        for word in counted_words(text):
            now = ids.get(table_form(word.form), -1) if word.form else -1
            if word.joined and before >= 0 and now >= 0:
                seen.add(before * _SHIFT + now)
            before = now
        keys.extend(seen)
        rows.extend([row] * len(seen))
    return keys, rows


def learn(articles: Path, out: Path) -> None:
    """Write the table of `articles` to `out`."""
    frame = pl.read_parquet(articles, columns=["source", "text"]).unique("text", keep="first")
    frame = frame.sort("source", "text")
    words, times = _word_counts(frame["text"])
    vocabulary = sorted(w for w, n in words.items() if n >= MIN_WORD_DOCUMENTS)
    keys, rows = _pair_keys(frame["text"], {w: i for i, w in enumerate(vocabulary)})
    outlets = frame["source"].rank("dense").cast(pl.UInt32)
    pairs = (
        pl.DataFrame({"key": pl.Series(keys, dtype=pl.UInt64), "row": pl.Series(rows)})
        .with_columns(outlet=outlets.gather(pl.Series(rows)))
        .group_by("key")
        .agg(n=pl.len(), outlets=pl.col("outlet").n_unique())
        .filter((pl.col("n") >= MIN_PAIR_DOCUMENTS) & (pl.col("outlets") >= MIN_PAIR_OUTLETS))
        .sort("key")
    )
    seconds: dict[int, list[str]] = {}
    for key, n in pairs.select("key", "n").iter_rows():
        seconds.setdefault(key // _SHIFT, []).append(f"{vocabulary[key % _SHIFT]}:{n}")
    lines = [f"{frame.height}\t{times.total()}"]
    for i, word in enumerate(vocabulary):
        lines.append(f"{word}\t{words[word]}\t{times[word]}\t{' '.join(seconds.get(i, []))}")
    with gzip.GzipFile(out, "wb", compresslevel=9, mtime=0) as file:
        file.write((HEAD + "\n".join(lines) + "\n").encode())
    print(
        frame.height,
        "articles",
        len(vocabulary),
        "words",
        pairs.height,
        "pairs",
        out.stat().st_size,
        "bytes",
    )


if __name__ == "__main__":
    learn(Path(sys.argv[1]), Path(sys.argv[2]))
