"""How often words and word pairs stand in clean news: the background of every word-choice figure.

Belongs here: reading `background_pairs.tsv.gz` and looking up its counts. Does not belong here:
what a rate means (`normalise.word_choice`), or how the table is learned
(`background_counts`, which states its floors).
"""

import functools
import gzip
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files

from summit_pipeline.lexicons.learned import BACKGROUND as NAME
from summit_pipeline.lexicons.learned import pinned_folder


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """Counts of folded words (`text.counted_words`) over `documents` clean articles.

    Equal only to itself, so that figures made from it can be cached.
    """

    documents: int
    words: int
    _documents: Mapping[str, int]
    _times: Mapping[str, int]
    _followers: Mapping[str, str]
    """word -> its followers as the table writes them; read when first asked for"""
    _after: dict[str, dict[str, int]] = field(default_factory=dict, repr=False)

    def documents_with(self, word: str) -> int:
        """Articles that hold the word; 0 where it stands in too few to be listed."""
        return self._documents.get(word, 0)

    def times(self, word: str) -> int:
        """How often the word stands in all articles together; 0 where it is not listed."""
        return self._times.get(word, 0)

    def pair(self, first: str, second: str) -> int:
        """Articles that hold the two words side by side; 0 where too few do to be listed."""
        known = self._after.get(first)
        return (self.after(first) if known is None else known).get(second, 0)

    def together(self, first: str, second: str) -> tuple[int, int, int]:
        """How often each of two words stands, and articles with the two side by side."""
        known = self._after.get(first)
        after = self.after(first) if known is None else known
        return self._times.get(first, 0), self._times.get(second, 0), after.get(second, 0)

    def after(self, first: str) -> Mapping[str, int]:
        """The words that follow `first`, with the number of articles; shared, don't change it."""
        known = self._after.get(first)
        if known is None:
            known = {}
            for entry in self._followers.get(first, "").split():
                second, _, count = entry.rpartition(":")
                known[sys.intern(second)] = int(count)
            self._after[first] = known
        return known


def parse(table: str) -> Background:
    """Read the table's text: "# " comments, totals, then word, articles, times, followers.

    Raises:
        ValueError: if a line has another form.
    """
    lines = (line for line in table.splitlines() if line and not line.startswith("# "))
    documents, words = next(lines).split("\t")
    in_documents: dict[str, int] = {}
    times: dict[str, int] = {}
    followers: dict[str, str] = {}
    for line in lines:
        word, articles, occurrences, after = line.split("\t")
        word = sys.intern(word)
        in_documents[word], times[word] = int(articles), int(occurrences)
        if after:
            followers[word] = after
    return Background(int(documents), int(words), in_documents, times, followers)


def merged(base: Background, more: Background) -> Background:
    """The two tables as one: counts of words and pairs added up."""
    documents = dict(Counter(base._documents) + Counter(more._documents))
    times = dict(Counter(base._times) + Counter(more._times))
    followers = dict(base._followers)
    for word in more._followers:
        after = Counter(base.after(word)) + Counter(more.after(word))
        followers[word] = " ".join(f"{second}:{n}" for second, n in sorted(after.items()))
    return Background(
        base.documents + more.documents, base.words + more.words, documents, times, followers
    )


@functools.cache
def load_background() -> Background:
    """The shipped table, with the pinned learned one added; read once (about 0.3 s), shared."""
    packed = (files(__package__) / "data" / NAME).read_bytes()
    shipped = parse(gzip.decompress(packed).decode("utf-8"))
    folder = pinned_folder()
    if folder is None or not (folder / NAME).exists():
        return shipped
    return merged(shipped, parse(gzip.decompress((folder / NAME).read_bytes()).decode("utf-8")))
