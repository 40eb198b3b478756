"""Words and word pairs as the tables of background rates count them.

Belongs here: the one way of cutting a text into words that the background table was learned with
(`benchmarks/learn_background.py`) and that everything which looks into that table must share.
Does not belong here: a tokeniser for any other purpose (`text.tokens`), or the table itself.
"""

import re
import sys
from functools import lru_cache
from typing import NamedTuple

_WORD = r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*[^\W_]*|[^\W_]+(?:[’'-][^\W_]+)*"
# What lies before a word, and the word. Every letter and digit begins a word, so nothing is left
# over but the last gap, which stands before no word.
_GAP_AND_WORD = re.compile(rf"([\W_]*+)({_WORD}|\Z)")
NUMBER = "#"
_FOLD = str.maketrans({"’": "'", "‘": "'"})
_JOINS = frozenset((" ", "\N{NO-BREAK SPACE}", "\t", ""))


class Word(NamedTuple):
    """A word: offsets in the text, folded form, case of the first letter, tie to the last word.

    `joined` is true where only one space (or nothing) lies between this word and the one before:
    the two then form a word pair.
    """

    start: int
    end: int
    form: str
    capital: bool
    joined: bool


def fold(word: str) -> str:
    """A word as the table writes it: lower case, straight apostrophe, no possessive, no dots."""
    form = word.translate(_FOLD).lower()
    if form.endswith("'s"):
        form = form[:-2]
    if form[:1].isdigit():
        return form
    return form.replace(".", "")


def table_form(form: str) -> str:
    """The folded word as the table lists it: all numbers but the single digits are one word."""
    return NUMBER if len(form) > 1 and form[0].isdigit() else form


@lru_cache(maxsize=1 << 16)
def _read(written: str) -> tuple[str, bool]:
    """The folded form of a word, and whether it is written with a capital."""
    return sys.intern(fold(written)), written[0].isupper()


def counted_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of `text[start:end]`, offsets into `text`."""
    found: list[Word] = []
    stop = start
    for gap, written in _GAP_AND_WORD.findall(text, start, len(text) if end is None else end):
        if written:
            form, capital = _read(written)
            at = stop + len(gap)
            stop = at + len(written)
            found.append(Word(at, stop, form, capital, bool(found) and gap in _JOINS))
    return found
