"""Which of two synonyms a text chooses, against what clean news chooses in the same place.

Every word that a spinner can put out has a likelihood ratio, spun against clean, in its context
(`lexicons.spin_channel`). A word that the spinner would have replaced and that still stands speaks
against spinning.

Belongs here: the choices of a text and their log-likelihood ratios. Does not belong here: the
channel itself, or the grade (`grading`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from summit_pipeline.lexicons.spin_channel import Channel, Phrase, Reading, kept_ratio
from summit_pipeline.text.counted_words import Word, table_form

# One choice counts no more than this, so that no single oddity makes a grade.
_HIGHEST_RATIO = 5.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice between synonyms: words `first:last` (indices) of the text.

    `ratio` is the log-likelihood ratio, spun against clean.
    """

    first: int
    last: int
    phrase: Phrase
    ratio: float
    reading: Reading


def find_choices(words: Sequence[Word], channel: Channel) -> list[Choice]:
    """The choices of a text's words, in order and without overlap; longest phrase first."""
    forms = [table_form(w.form) for w in words]
    runs = _run_lengths(words)
    found: list[Choice] = []
    at = 0
    while at < len(words):
        phrase = None if _is_name(words[at]) else channel.match(forms, at, runs[at])
        if phrase is None:
            at += 1
            continue
        stop = at + len(phrase)
        left = forms[at - 1] if at > 0 and words[at].joined else None
        right = forms[stop] if len(phrase) < runs[at] else None
        reading = channel.read(left, phrase, right)
        found.append(Choice(at, stop, phrase, _ratio(reading), reading))
        at = stop
    return found


def _ratio(reading: Reading) -> float:
    unchanged = math.exp(kept_ratio()) if reading.kept else 1.0
    return min(math.log(unchanged + reading.odds), _HIGHEST_RATIO)


def _run_lengths(words: Sequence[Word]) -> list[int]:
    """For each word, how many words from it on stand side by side."""
    lengths = [1] * len(words)
    for at in range(len(words) - 2, -1, -1):
        if words[at + 1].joined:
            lengths[at] = lengths[at + 1] + 1
    return lengths


def _is_name(word: Word) -> bool:
    """Whether the word is capitalised though it opens no sentence: names are not chosen."""
    return word.joined and word.capital
