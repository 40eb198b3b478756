"""Counts words and word pairs of clean articles: makes the table that `background` reads.

Belongs here: what is counted and what is kept. Does not belong here: which articles are clean
(`execution.learning`), or looking counts up (`background`).

Only what enough articles of enough outlets share is kept, so that no text can be read back.
"""

from array import array
from collections import Counter

import polars as pl

from summit_pipeline.lexicons.counted_words import counted_words, table_form

# Kept: words in >= 12 articles, pairs in >= 4 articles of >= 3 outlets. At these floors the shipped
# file, of 36,000 articles, stays below 6 MB.
MIN_WORD_DOCUMENTS = 12
MIN_PAIR_DOCUMENTS = 4
MIN_PAIR_OUTLETS = 3
_SHIFT = 1 << 17


def background_table(articles: pl.DataFrame) -> str:
    """The table of `articles` (columns source, text; equal texts count once), without comments."""
    frame = articles.unique("text", keep="first", maintain_order=True).sort("source", "text")
    words, times = _word_counts(frame["text"])
    vocabulary = sorted(w for w, n in words.items() if n >= MIN_WORD_DOCUMENTS)
    keys, rows = _pair_keys(frame["text"], {w: i for i, w in enumerate(vocabulary)})
    outlets = frame["source"].rank("dense").cast(pl.UInt32)
    row = pl.Series("row", rows, dtype=pl.UInt32)
    pairs = (
        pl.DataFrame({"key": pl.Series(keys, dtype=pl.UInt64), "row": row})
        .with_columns(outlet=outlets.gather(row))
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
    return "\n".join(lines) + "\n"


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
