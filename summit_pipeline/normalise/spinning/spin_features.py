"""Figures of a text's wording that tell spinning from clean news.

Belongs here: narration and quotations told apart, the choice score and the pair fit of each.
Does not belong here: thresholds and grades (`grading`).
"""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summit_pipeline.lexicons.background import Background
from summit_pipeline.lexicons.counted_words import Word, counted_words
from summit_pipeline.lexicons.spin_channel import Channel, lift
from summit_pipeline.normalise.spinning.spin_choices import Choice, find_choices
from summit_pipeline.text.quote_marks import quoted_stretches
from summit_pipeline.vocabulary import Span


@dataclass(frozen=True, slots=True)
class Wording:
    """What the wording of a text, or of its narration or quotations alone, shows.

    `choice_score` is the log-likelihood, spun against clean, per 100 words; `pair_fit` the mean
    over neighbouring words of how much oftener than by chance clean news has them side by side
    (log); `unseen_pairs` the share of such pairs that the background does not list at all.
    `spun_types` counts the different choices that speak for spinning.
    """

    words: int
    choices: int
    spun_types: int
    choice_score: float
    pairs: int
    pair_fit: float
    unseen_pairs: float


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text's words and choices, and which of the words stand in quotations."""

    words: tuple[Word, ...]
    quoted: tuple[bool, ...]
    choices: tuple[Choice, ...]


def read_text(text: str, stretches: Iterable[Span], channel: Channel) -> ReadText:
    """The words and choices of the given stretches of a text."""
    words = [w for s in stretches for w in counted_words(text, s.start, s.end)]
    quoted = tuple(_in_quotations(text, words))
    return ReadText(tuple(words), quoted, tuple(find_choices(words, channel)))


def _in_quotations(text: str, words: Iterable[Word]) -> Iterator[bool]:
    quotations = quoted_stretches(text)
    starts = [q.start for q in quotations]
    for word in words:
        at = bisect_right(starts, word.start) - 1
        yield at >= 0 and word.start < quotations[at].end


def wording(read: ReadText, background: Background, quoted: bool | None = None) -> Wording:
    """The figures of a text; of its quotations alone, its narration alone, or (None) of all."""
    keep = [quoted is None or q is quoted for q in read.quoted]
    words = sum(keep)
    choices = [c for c in read.choices if keep[c.first]]
    fits = list(_fits(read.words, keep, background))
    return Wording(
        words=words,
        choices=len(choices),
        spun_types=len({(c.phrase, c.reading.original) for c in choices if c.ratio >= 1.0}),
        choice_score=100.0 * _total(choices) / max(words, 1),
        pairs=len(fits),
        pair_fit=sum(f for f, _ in fits) / max(len(fits), 1),
        unseen_pairs=sum(not seen for _, seen in fits) / max(len(fits), 1),
    )


def _total(choices: Iterable[Choice]) -> float:
    """Sum of the ratios; the n-th time that a choice is made counts 1 / sqrt(n).

    A topic repeats its words ("gadget" in a review of gadgets), a spinner shows in many pairs.
    """
    by_type: dict[tuple[tuple[str, ...], tuple[str, ...] | None], list[float]] = defaultdict(list)
    for choice in choices:
        by_type[choice.phrase, choice.reading.original].append(choice.ratio)
    return sum(
        ratio / math.sqrt(number)
        for ratios in by_type.values()
        for number, ratio in enumerate(sorted(ratios, key=abs, reverse=True), start=1)
    )


def _fits(
    words: Sequence[Word], keep: Sequence[bool], background: Background
) -> Iterator[tuple[float, bool]]:
    """For each pair of neighbours: log of how much oftener than by chance, and whether listed.

    Names (by their capital), numbers and words that the table does not list are left out.
    """
    form = [w.form if k and not w.capital else "" for w, k in zip(words, keep, strict=True)]
    for at in range(1, len(words)):
        if words[at].joined and form[at] and form[at - 1]:
            fit = _fit(background, form[at - 1], form[at])
            if fit is not None:
                yield fit


@lru_cache(maxsize=1 << 17)
def _fit(background: Background, first: str, second: str) -> tuple[float, bool] | None:
    if first[0].isdigit() or second[0].isdigit():
        return None
    if not background.times(first) or not background.times(second):
        return None
    return lift(background, first, second), background.pair(first, second) > 0
