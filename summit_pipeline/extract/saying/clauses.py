"""Sentences as sequences of tokens, with each quotation as one token.

Belongs here: cutting the text into narrated units and their tokens. Does not belong here: what a
unit says. A unit is a sentence of the narration: a quotation inside it, of however many sentences,
is one token of it, so that words of a quotation are never taken for the reporter's.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from summit_pipeline.text.quote_marks import QuotedStretch
from summit_pipeline.vocabulary import Sentence

_TOKEN = re.compile(
    # The group is a word. First the most of all tokens, a word before a blank: a fifth faster.
    r"([a-zA-Z]++(?= )|[\w$€£@#][\w’'&%\-]*+(?:[.,](?=\w)[\w’'&%\-]*+)*+)"
    r"|--+|[—–―,:;()\[\]?!…|]|(?<=\s)-(?=\s)|[•*](?=\s)"
)
_DASHES = frozenset("—–―-")

WORD, MARK, DASH, QUOTE = 0, 1, 2, 3


class Token(NamedTuple):
    """A word, a punctuation mark, a dash or a whole quotation, with its place in the text.

    `lower` is the word in lower case, the mark itself, "-" for all dashes, "“" for a quotation,
    whose `text` is its last character. `quote` is the number of the quotation in the document,
    else -1.
    """

    text: str
    lower: str
    start: int
    end: int
    kind: int
    quote: int = -1

    @property
    def is_capitalised(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.kind == WORD and self.text[0].isupper()


class Unit(NamedTuple):
    """A sentence of the narration; `quotes` are the numbers of the quotations in it."""

    start: int
    end: int
    paragraph: int
    part: str
    quotes: tuple[int, ...]


def units_of(
    text: str, sentences: Sequence[Sentence], stretches: Sequence[QuotedStretch]
) -> list[Unit]:
    """Join the sentences that a quotation holds together.

    A sentence that starts inside a quotation belongs to the unit in which the quotation opens, also
    one that starts in lower case right after a closing mark.
    """
    opens = [q.open_mark_start for q in stretches]
    found: list[Unit] = []
    at = 0
    while at < len(sentences):
        first = sentences[at]
        start, end = first.clean_start, first.clean_end
        at += 1
        while at < len(sentences) and sentences[at].paragraph == first.paragraph:
            following = sentences[at].clean_start
            held = bisect_left(opens, following) - 1
            inside = held >= 0 and following < stretches[held].close_mark_end
            if not inside and not text[following].islower():
                break
            end = sentences[at].clean_end
            at += 1
        lo, hi = bisect_left(opens, start), bisect_left(opens, end)
        found.append(Unit(start, end, first.paragraph, first.part, tuple(range(lo, hi))))
    return found


def tokens_of(text: str, unit: Unit, stretches: Sequence[QuotedStretch]) -> list[Token]:
    """The tokens of a unit in order."""
    found: list[Token] = []
    at = unit.start
    for number in unit.quotes:
        q = stretches[number]
        _append(found, text, at, q.open_mark_start)
        found.append(
            Token(text[q.end - 1], "“", q.open_mark_start, q.close_mark_end, QUOTE, number)
        )
        at = q.close_mark_end
    _append(found, text, at, unit.end)
    return found


def _append(found: list[Token], text: str, start: int, end: int) -> None:
    new = tuple.__new__  # what `Token(...)` calls, without a Python frame for each of the tokens
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        at, stop = match.span()
        if match.lastindex:
            found.append(new(Token, (word, word.lower(), at, stop, WORD, -1)))
        elif word[0] in _DASHES:
            found.append(new(Token, (word, "-", at, stop, DASH, -1)))
        else:
            found.append(new(Token, (word, word, at, stop, MARK, -1)))
