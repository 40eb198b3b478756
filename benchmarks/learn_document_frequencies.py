"""Learn in how many news articles each word and word pair stands: aggregated counts, no text.

usage: python benchmarks/learn_document_frequencies.py EVAL_DIR [OUT]

Reads `load/articles.parquet` of the evaluation data (35,959 English news articles of 488 outlets,
2012-2020) and writes the lexicon `background_document_frequencies.tsv.gz`. Only terms of 20 and
more articles are kept, so that no article can be told from the table.
"""

import gzip
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from summit_pipeline.reconcile.grouping import story_terms as terms

_LEXICON = "background_document_frequencies.tsv.gz"
_FEWEST_ARTICLES = 20
# Words of more than this share of all articles take no part in pairs: they are mostly function
# words ("the", "said"), and leaving them out halves the number of pairs.
_COMMON_SHARE = 0.25
_BUCKETS = 1 << 24
_HEAD = """\
# In how many news articles a term stands: words, and pairs of neighbouring content words.
# Origin: counted by benchmarks/learn_document_frequencies.py over {articles} English articles of
# 488 outlets, 2012-2020 (AllSides collection; Article-Bias-Prediction, Apache-2.0). Aggregated
# counts of terms in {fewest} articles and more; no text.
# articles\t{articles}
"""


def _articles(path: Path) -> Iterator[str]:
    table = pl.read_parquet(path, columns=["doc_id", "title", "text"]).sort("doc_id")
    for title, text in table.select("title", "text").unique(maintain_order=True).iter_rows():
        yield f"{title or ''}\n{text or ''}"


def _bucket(pair: str) -> int:
    return zlib.crc32(pair.encode()) % _BUCKETS


def main(eval_dir: Path, out: Path) -> None:
    """Count twice: words first, then the pairs of words that are not common."""
    path = eval_dir / "load" / "articles.parquet"
    word_counts: Counter[str] = Counter()
    article_count = 0
    for text in _articles(path):
        word_counts.update(set(terms.words(text)))
        article_count += 1
    common = {w for w, n in word_counts.items() if n > _COMMON_SHARE * article_count}
    # Pairs are counted by hash first, so that the millions of rare ones need no memory.
    buckets = [0] * _BUCKETS
    for text in _articles(path):
        for pair in set(terms.pairs(terms.words(text), common)):
            buckets[_bucket(pair)] += 1
    pair_counts: Counter[str] = Counter()
    for text in _articles(path):
        pair_counts.update(
            pair
            for pair in set(terms.pairs(terms.words(text), common))
            if buckets[_bucket(pair)] >= _FEWEST_ARTICLES
        )
    kept = {t: n for t, n in (word_counts + pair_counts).items() if n >= _FEWEST_ARTICLES}
    head = _HEAD.format(articles=article_count, fewest=_FEWEST_ARTICLES)
    body = "".join(f"{term}\t{kept[term]}\n" for term in sorted(kept))
    with out.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write((head + body).encode())
    print(
        f"{article_count} articles, {len(kept)} terms, {len(common)} common, {out.stat().st_size}"
    )


if __name__ == "__main__":
    shipped = Path(__file__).parents[1] / "summit_pipeline" / "lexicons" / "data" / _LEXICON
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else shipped)
