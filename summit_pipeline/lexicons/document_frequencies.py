"""In how many news articles a term stands: what makes a word tell one event from another.

Belongs here: reading `background_document_frequencies.tsv.gz`. Does not belong here: how the table
is learned (`benchmarks/learn_document_frequencies.py`), what a term is (`reconcile.story_terms`) or
what it weighs (`reconcile.tfidf`).
"""

import functools
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class DocumentFrequencies:
    """Counts of terms over `articles`; terms in too few articles are not listed."""

    articles: int
    by_term: Mapping[str, int]
    fewest: int


def parse(table: str) -> DocumentFrequencies:
    """Read the table's text: comments, of which "# articles<TAB>n" counts, then term and count.

    Raises:
        ValueError: if a line has another form, or no line tells the number of articles.
    """
    articles = 0
    by_term: dict[str, int] = {}
    for line in table.splitlines():
        if line.startswith("#"):
            if line.startswith("# articles\t"):
                articles = int(line.split("\t")[1])
            continue
        term, count = line.split("\t")
        by_term[term] = int(count)
    if not articles:
        raise ValueError("the table does not tell the number of articles")
    return DocumentFrequencies(articles, by_term, min(by_term.values(), default=1))


@functools.cache
def load_document_frequencies() -> DocumentFrequencies:
    """The shipped table; read once (about 0.1 s), shared."""
    packed = (files(__package__) / "data" / "background_document_frequencies.tsv.gz").read_bytes()
    return parse(gzip.decompress(packed).decode("utf-8"))
