"""The terms by which articles are grouped: words, and pairs of neighbouring content words.

Belongs here: cutting a text into terms, fast and the same way for the shipped table of background
frequencies and for the articles that are grouped. Does not belong here: their weights
(`tfidf`), or the words around a single claim (`terms`). Terms have no offsets: they are counted,
never shown.
"""

import itertools
import re
from collections.abc import Container, Iterable, Sequence

# Words may hold inner apostrophes and the dots of abbreviations (o'neill, u.s), numbers their
# inner marks (14.1, 1,500). Everything else separates.
_WORD = re.compile(r"[^\W\d_]+(?:[.'’][^\W\d_]+)*|\d+(?:[.,]\d+)*")


# No text has longer words than these on average, spaces included; most have 6 letters a word.
_LETTERS_A_WORD = (7, 12)


def first_words(text: str, most: int) -> list[str]:
    """The first words of a text in order, as written; fewer where words are uncommonly long."""
    found: list[str] = []
    for letters in _LETTERS_A_WORD:
        found = _WORD.findall(text[: most * letters])
        if len(found) > most or most * letters >= len(text):
            break
    return found[:most]


def written(text: str) -> list[str]:
    """The words of a text in order, as written."""
    return _WORD.findall(text)


def words(text: str) -> list[str]:
    """The words of a text in order: lower case, possessive and plural `s` taken off."""
    return folded(written(text))


def folded(as_written: Sequence[str]) -> list[str]:
    """Words in lower case, possessive and plural `s` taken off."""
    return [
        word if word[-1] != "s" or len(word) < 4 else _stem(word)
        for word in " ".join(as_written).lower().split()
    ]


def _stem(word: str) -> str:
    """Take off a possessive, and the `s` of a plural or third person (Harman's "s-stemmer", 1991).

    Coarser stemmers join words that differ in news ("general", "generation").
    """
    if word[-2] in "'’":
        return word[:-2]
    if word[-2] in "su" or word[-2:] == "is":
        return word
    return word[:-1]


def pairs(words_in_order: Iterable[str], common: Container[str]) -> list[str]:
    """Pairs of neighbouring content words, common words passed over ("trade deficit")."""
    content = [word for word in words_in_order if word not in common]
    return [f"{first} {second}" for first, second in itertools.pairwise(content)]


def names_and_numbers(text: str) -> list[str]:
    """Words that begin with a capital, and numbers, in order: they survive translation."""
    return names_among(written(text))


def names_among(as_written: Iterable[str]) -> list[str]:
    """Of these words the names and numbers, folded like `words`.

    Single letters are left out; numbers lose their inner marks, which languages use differently.
    """
    found = []
    for word in as_written:
        if word[0].isdigit():
            found.append(word.replace(",", "").replace(".", ""))
        elif len(word) > 1 and not word[0].islower():
            found.append(word)
    return folded(found)
