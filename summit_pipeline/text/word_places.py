"""The words of a text with their places, found once for all rules that ask where one may begin.

Belongs here: the index. Does not belong here: what a word means, or which words a rule wakes up
for. A word is a run of letters, digits and low lines, without the apostrophes, hyphens and points
that `tokens` counts in: rules look up where names, dates and amounts begin, not whole words.
"""

import re
from bisect import bisect_left
from collections.abc import Collection
from functools import cached_property
from itertools import accumulate

# Splitting by a group gives gaps and words in turn; summing up their lengths gives their places
# without a Python step for each word.
_RUN = re.compile(r"(\w+)")


class WordPlaces:
    """The runs of word characters of a text, in order, with the offsets where they start."""

    def __init__(self, text: str) -> None:
        pieces = _RUN.split(text)
        self.words: tuple[str, ...] = tuple(pieces[1::2])
        self.starts: tuple[int, ...] = tuple(accumulate(map(len, pieces)))[:-1:2]

    @cached_property
    def lower(self) -> tuple[str, ...]:
        """The words in lower case."""
        return tuple(map(str.lower, self.words))

    @cached_property
    def distinct(self) -> frozenset[str]:
        """The words as written, each once."""
        return frozenset(self.words)

    def between(self, start: int, end: int) -> slice:
        """The numbers of the words that start in `[start, end)`."""
        first = bisect_left(self.starts, start)
        return slice(first, bisect_left(self.starts, end, first))

    def places_of(self, wanted: Collection[str]) -> list[int]:
        """Where words start that are among the wanted ones, or are not of letters only."""
        return [
            start
            for word, start in zip(self.words, self.starts, strict=True)
            if word in wanted or not word.isalpha()
        ]
