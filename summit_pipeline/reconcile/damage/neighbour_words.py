"""Neighbouring words of a document, as the search for names altered by a rewriter needs them.

Belongs here: which words stand side by side in a text, and which of them are written as a name.
Does not belong here: what other documents write instead (`name_damage`, `siblings`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from summit_pipeline.lexicons.counted_words import Word, counted_words

Pair = tuple[str, str]
"""Two folded words that stand side by side."""

# A line of at least this many words, most of them capitalised, is a heading in title case: its
# capitals say nothing about names.
_HEADING_WORDS = 4
_HEADING_SHARE = 0.6
_SENTENCE_ENDS = (".", ".”", '."')


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pair stands: offsets of both words, and which of them is written as a name.

    A word counts as a name by its capital only where it opens no sentence.
    """

    first: Word
    second: Word
    first_is_name: bool
    second_is_name: bool


@dataclass(frozen=True, slots=True)
class Neighbours:
    """All pairs of a text; `names` are places outside headings with at least one name in them."""

    text: str
    pairs: frozenset[Pair]
    names: Mapping[Pair, tuple[Place, ...]]
    places: Mapping[Pair, tuple[Place, ...]]


def neighbours(text: str) -> Neighbours:
    """The pairs of a text. Offsets of places point into `text`."""
    places: dict[Pair, list[Place]] = {}
    names: dict[Pair, list[Place]] = {}
    for words, is_heading in _lines(text):
        name = [w.capital and w.joined for w in words]
        for at, (first, second) in enumerate(pairwise(words)):
            if not second.joined:
                continue
            place = Place(first, second, name[at], name[at + 1])
            places.setdefault((first.form, second.form), []).append(place)
            if not is_heading and (name[at] or name[at + 1]):
                names.setdefault((first.form, second.form), []).append(place)
    return Neighbours(
        text,
        frozenset(places),
        {k: tuple(v) for k, v in names.items()},
        {k: tuple(v) for k, v in places.items()},
    )


def _lines(text: str) -> Iterator[tuple[list[Word], bool]]:
    at = 0
    for line in text.splitlines(keepends=True):
        words = counted_words(text, at, at + len(line))
        at += len(line)
        capitals = sum(w.capital for w in words)
        is_heading = (
            len(words) >= _HEADING_WORDS
            and capitals >= _HEADING_SHARE * len(words)
            and not line.rstrip().endswith(_SENTENCE_ENDS)
        )
        yield words, is_heading
