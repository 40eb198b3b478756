"""Words of a text, and the folded form in which two words are compared.

Belongs here: what a word is. Does not belong here: sentences (`sentences`), numbers (`numbers`),
names. A word is a run of letters and digits; inner apostrophes and hyphens belong to it
("country’s", "minority-led"), so do the points of initials ("U.S.") and the separators of figures
("1,133.5"). Signs such as "$" or "%" are no words.
"""

import re

from summit_pipeline.vocabulary import Span

# Possessive quantifiers keep the pattern linear on hostile runs of points or hyphens.
# A letter, and then either more initials or the rest of the word: the search has to try less than
# with initials first.
_UNIT = r"(?:\d++(?:[.,]\d++)*+\w*+|\w(?:(?<=[^\W\d_])\.(?:[^\W\d_]\.)++|\w*+))"
_WORD = re.compile(rf"{_UNIT}(?:[-‐‑'’ʼ]{_UNIT})*+")

_FOLDS = {
    **dict.fromkeys("’‘ʼ‛`´", "'"),
    **dict.fromkeys("“”„‟«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
    " ": " ",
}


def words(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The words of `text[start:end]` in order, as offsets into `text`."""
    stop = len(text) if end is None else end
    return [Span(*match.span()) for match in _WORD.finditer(text, start, stop)]


def word_bounds(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Start and end of each word of `text[start:end]`: `words` for callers that have very many."""
    return [match.span() for match in _WORD.finditer(text, start, end)]


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(text))


def fold(word: str) -> str:
    """The form in which words are compared: case folded, quotation marks and dashes straight.

    Accents stay: "résumé" and "resume" are two words.
    """
    # Most words need nothing. Looking for each of the few marks is far faster than `str.translate`.
    if not word.isascii() or "`" in word:
        for mark, plain in _FOLDS.items():
            if mark in word:
                word = word.replace(mark, plain)
    return word.casefold()


def folded_words(text: str) -> list[str]:
    """The words of a text in folded form, without their places."""
    return _WORD.findall(fold(text))
