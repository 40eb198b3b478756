"""Figures of a text's wording that tell spinning from clean news.

Belongs here: narration and quotations told apart, the choice score and the pair fit of each.
Does not belong here: thresholds and grades (`grading`).
"""

import math
from bisect import bisect_left
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

# Characters after a stretch, and on to the line end, beyond which no mark changes what is quoted in
# it: more than `quote_marks` lets a quotation run on unmarked.
_LOOK_AHEAD = 400


@dataclass(frozen=True, slots=True)
class Wording:
    """What the wording of a text's narration shows.

    `choice_score` is the log-likelihood, spun against clean, per 100 words; `pair_fit` the mean
    over neighbouring words of how much oftener than by chance clean news has them side by side
    (log); `unseen_pairs` the share of such pairs that the background does not list at all.
    `spun_types` counts the different choices that speak for spinning.
    """

    words: int
    choices: int
    spun_types: int
    choice_score: float
    pair_fit: float
    unseen_pairs: float


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text's words and choices, and which of the words stand in quotations."""

    words: tuple[Word, ...]
    quoted: tuple[bool, ...]
    choices: tuple[Choice, ...]


def read_text(text: str, stretches: Sequence[Span], channel: Channel) -> ReadText:
    """The words and choices of the given stretches of a text, which are in order."""
    words = [w for s in stretches for w in counted_words(text, s.start, s.end)]
    choices = tuple(find_choices(words, channel))
    return ReadText(tuple(words), _in_quotations(_up_to(text, words), words), choices)


def _up_to(text: str, words: Sequence[Word]) -> str:
    """The text as far as it tells which of the words stand in quotations."""
    end = text.find("\n", words[-1].end + _LOOK_AHEAD) if words else 0
    return text if end < 0 else text[:end]


def _in_quotations(text: str, words: Sequence[Word]) -> tuple[bool, ...]:
    """Of each word, whether it stands in a quotation."""
    inside = [False] * len(words)
    starts = [w.start for w in words]
    for quotation in quoted_stretches(text):
        first = bisect_left(starts, quotation.start)
        if first == len(words):
            break
        last = bisect_left(starts, quotation.end)
        inside[first:last] = [True] * (last - first)
    return tuple(inside)


def narration(read: ReadText, background: Background) -> Wording:
    """The figures of what stands outside quotations."""
    words = read.quoted.count(False)
    choices = [c for c in read.choices if not read.quoted[c.first]]
    fits = list(_fits(read, background))
    return Wording(
        words=words,
        choices=len(choices),
        spun_types=len({(c.phrase, c.reading.original) for c in choices if c.ratio >= 1.0}),
        choice_score=_per_hundred(choices, words),
        pair_fit=sum(fit for fit, _ in fits) / max(len(fits), 1),
        unseen_pairs=sum(not listed for _, listed in fits) / max(len(fits), 1),
    )


def quotations_score(read: ReadText) -> tuple[int, float]:
    """How many words stand in quotations, and their choice score."""
    words = read.quoted.count(True)
    return words, _per_hundred([c for c in read.choices if read.quoted[c.first]], words)


def _per_hundred(choices: Iterable[Choice], words: int) -> float:
    """Sum of the ratios for 100 words; the n-th time that a choice is made counts 1 / sqrt(n).

    A topic repeats its words ("gadget" in a review of gadgets), a spinner shows in many pairs.
    """
    by_type: dict[tuple[tuple[str, ...], tuple[str, ...] | None], list[float]] = defaultdict(list)
    for choice in choices:
        by_type[choice.phrase, choice.reading.original].append(choice.ratio)
    total = 0.0
    for ratios in by_type.values():
        for number, ratio in enumerate(sorted(ratios, key=abs, reverse=True), start=1):
            total += ratio / math.sqrt(number)
    return 100.0 * total / max(words, 1)


def _fits(read: ReadText, background: Background) -> Iterator[tuple[float, bool]]:
    """For each pair of neighbours: log of how much oftener than by chance, and whether listed.

    Names (by their capital), numbers and words that the table does not list are left out.
    """
    before = ""
    for word, quoted in zip(read.words, read.quoted, strict=True):
        form = "" if quoted or word.capital else word.form
        if form and before and word.joined:
            fit = _fit(background, before, form)
            if fit is not None:
                yield fit
        before = form


@lru_cache(maxsize=1 << 17)
def _fit(background: Background, first: str, second: str) -> tuple[float, bool] | None:
    if first[0].isdigit() or second[0].isdigit():
        return None
    one, other, together = background.together(first, second)
    if not one or not other:
        return None
    return lift(background, first, second), together > 0
