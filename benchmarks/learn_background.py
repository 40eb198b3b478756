"""Learns the background rates of words and word pairs in clean news.

Usage: python -m benchmarks.learn_background ARTICLES.parquet OUT.tsv.gz

Reads articles (columns source, text), counts in how many articles each word and each pair of
neighbouring words stands, and keeps only what enough articles of enough outlets share, so that no
text can be read back from the table. The output is the lexicon `background_pairs.tsv.gz`.
"""

import gzip
import sys
from pathlib import Path

import polars as pl

from summit_pipeline.lexicons.background_counts import background_table

HEAD = """\
# How often words, and pairs of neighbouring words, stand in clean English news.
# Origin: counted by benchmarks/learn_background.py over 35,959 articles of 488 outlets, 2001-2020
# (AllSides collection, Article-Bias-Prediction, Apache-2.0). Aggregated counts only, no text:
# words in 12 and more articles, pairs in 4 and more articles of 3 and more outlets.
# First line: articles, words in all. Then: word, articles with it, times in all, followers with
# the articles that have the two side by side ("follower:articles").
# Words are folded as text.counted_words does; "#" stands for every number but the single digits.
"""


def learn(articles: Path, out: Path) -> None:
    """Write the table of `articles` to `out`."""
    table = background_table(pl.read_parquet(articles, columns=["source", "text"]))
    with gzip.GzipFile(out, "wb", compresslevel=9, mtime=0) as file:
        file.write((HEAD + table).encode())
    print(table.partition("\n")[0], "articles, words;", out.stat().st_size, "bytes")


if __name__ == "__main__":
    learn(Path(sys.argv[1]), Path(sys.argv[2]))
