"""How often words and word pairs stand in clean news: the background of every word-choice figure.

Belongs here: reading `background_pairs.tsv.gz` and looking up its counts. Does not belong here:
what a rate means (`normalise.word_choice`), or how the table is learned
(`background_counts`, which states its floors).
"""

import functools
import gzip
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
    _rows: Mapping[str, tuple[int, int, str]]
    _seconds: dict[str, dict[str, int]] = field(default_factory=dict, repr=False)

    def documents_with(self, word: str) -> int:
        """Articles that hold the word; 0 where it stands in too few to be listed."""
        row = self._rows.get(word)
        return row[0] if row else 0

    def times(self, word: str) -> int:
        """How often the word stands in all articles together; 0 where it is not listed."""
        row = self._rows.get(word)
        return row[1] if row else 0

    def pair(self, first: str, second: str) -> int:
        """Articles that hold the two words side by side; 0 where too few do to be listed."""
        return self.after(first).get(second, 0)

    def after(self, first: str) -> Mapping[str, int]:
        """The words that follow `first`, with the number of articles; shared, don't change it."""
        known = self._seconds.get(first)
        if known is None:
            row = self._rows.get(first)
            known = {}
            for entry in row[2].split(" ") if row and row[2] else ():
                second, _, count = entry.rpartition(":")
                known[second] = int(count)
            self._seconds[first] = known
        return known


def parse(table: str) -> Background:
    """Read the table's text: "# " comments, totals, then word, articles, times, followers.

    Raises:
        ValueError: if a line has another form.
    """
    lines = (line for line in table.splitlines() if line and not line.startswith("# "))
    documents, words = next(lines).split("\t")
    rows: dict[str, tuple[int, int, str]] = {}
    for line in lines:
        word, in_documents, times, seconds = line.split("\t")
        rows[word] = (int(in_documents), int(times), seconds)
    return Background(int(documents), int(words), rows)


def merged(base: Background, more: Background) -> Background:
    """The two tables as one: counts of words and pairs added up."""
    rows = dict(base._rows)
    for word, (documents, times, _) in more._rows.items():
        here = base._rows.get(word, (0, 0, ""))
        followers = Counter(base.after(word)) + Counter(more.after(word))
        written = " ".join(f"{second}:{n}" for second, n in sorted(followers.items()))
        rows[word] = (here[0] + documents, here[1] + times, written)
    return Background(base.documents + more.documents, base.words + more.words, rows)


@functools.cache
def load_background() -> Background:
    """The shipped table, with the pinned learned one added; read once (about 0.3 s), shared."""
    packed = (files(__package__) / "data" / NAME).read_bytes()
    shipped = parse(gzip.decompress(packed).decode("utf-8"))
    folder = pinned_folder()
    if folder is None or not (folder / NAME).exists():
        return shipped
    return merged(shipped, parse(gzip.decompress((folder / NAME).read_bytes()).decode("utf-8")))
