"""Which of two synonyms a text chooses, against what clean news chooses in the same place.

Every word that a spinner can put out has a likelihood ratio, spun against clean, in its context
(`lexicons.spin_channel`). A word that the spinner would have replaced and that still stands speaks
against spinning.

Belongs here: the choices of a text and their log-likelihood ratios. Does not belong here: the
channel itself, or the grade (`grading`).
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from summit_pipeline.lexicons.counted_words import Word, table_form
from summit_pipeline.lexicons.spin_channel import Channel, Phrase, Reading, kept_ratio, kept_share

# One choice counts no more than this, so that no single oddity makes a grade.
_HIGHEST_RATIO = 5.0


class Choice(NamedTuple):
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
    forms = [w.form if w.form.isalpha() else table_form(w.form) for w in words]
    runs = _run_lengths(words)
    found: list[Choice] = []
    free = 0
    for at, form in enumerate(forms):
        if form not in channel.lengths or at < free or _is_name(words[at]):
            continue
        phrase = channel.match(forms, at, runs[at])
        if phrase is None:
            continue
        free = at + len(phrase)
        left = forms[at - 1] if at > 0 and words[at].joined else None
        right = forms[free] if len(phrase) < runs[at] else None
        reading = channel.read(left, phrase, right)
        found.append(Choice(at, free, phrase, _ratio(reading), reading))
    return found


def _ratio(reading: Reading) -> float:
    if reading.original is None:
        return kept_ratio() if reading.kept else 0.0
    unchanged = kept_share() if reading.kept else 1.0
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
