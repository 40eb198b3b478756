"""A synonym spinner as a noisy channel over clean news.

Clean news goes in, each listed word is replaced with some chance by a listed synonym, the spun text
comes out. For words as they stand between two neighbours the channel tells what they may stand for,
and the odds of a replacement against none: how often clean news writes the original there, times
the chance of the replacement, against how often clean news writes the words themselves there.

Belongs here: the channel that the pair lexicon and the background make together. Does not belong
here: which words of a text are looked at, thresholds, grades (`normalise.grading`,
`reconcile.siblings`).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from summit_pipeline.lexicons.background import Background, load_background
from summit_pipeline.lexicons.spun_pairs import SpunPairs, load_spun_pairs

Phrase = tuple[str, ...]
"""Folded words (`text.counted_words`)."""

# Chance that the channel replaces a word it knows. At 0.2, 0.4 and 0.6 the lowest of 12 spun pages
# lies 8.1, 8.9 and 8.0 points above the highest of 1,133 BBC articles (benchmarks/corruption.py).
_REPLACED = 0.4
_KEPT_RATIO = math.log(1.0 - _REPLACED)
# What the table does not list is taken for half of its floor.
_UNLISTED_PAIR = 2.0
_UNLISTED_WORD = 6.0
_HIGHEST_LOG_ODDS = 20.0
# A fixed expression stands in more than this many times as many articles as its rival.
_ATTESTED = 3
# A word in more articles than this share says nothing about the words beside it.
_FUNCTION_WORD = 0.3


class Reading(NamedTuple):
    """What a phrase may stand for in its place.

    `odds` are those of a replacement against none, over all originals, given that a spinner was at
    work; `original` is the likeliest (None where nothing is listed); `in_context` the log of how
    much more usual clean news finds it there; `kept` is true where the phrase is itself one that
    the spinner would have replaced.
    """

    odds: float
    original: Phrase | None
    in_context: float
    kept: bool


_NOTHING = Reading(0.0, None, 0.0, False)
_NOTHING_KEPT = Reading(0.0, None, 0.0, True)


@dataclass(frozen=True, slots=True)
class Channel:
    """Phrases that the spinner writes or replaces, over a background."""

    background: Background
    sources: Mapping[Phrase, tuple[tuple[Phrase, float], ...]]
    """spun phrase -> (original, log of how often the channel makes the one of the other)"""
    log_rates: Mapping[Phrase, float]
    """known phrase -> log of how often it stands in the background"""
    replaceable: frozenset[Phrase]
    lengths: Mapping[str, tuple[int, ...]]
    """first word of a known phrase -> lengths of the phrases that begin with it, longest first"""
    spellings: Mapping[Phrase, str]
    """original -> the same with the capitals of names"""

    def match(self, forms: Sequence[str], at: int, limit: int) -> Phrase | None:
        """The longest known phrase that starts at `forms[at]` and has at most `limit` words."""
        for size in self.lengths.get(forms[at], ()):
            if size <= limit:
                phrase = tuple(forms[at : at + size])
                if phrase in self.log_rates:
                    return phrase
        return None

    def read(self, left: str | None, phrase: Phrase, right: str | None) -> Reading:
        """What the phrase may stand for between two neighbours (None: unknown, or no neighbour)."""
        kept = phrase in self.replaceable
        sources = self.sources.get(phrase)
        if sources is None:
            return _NOTHING_KEPT if kept else _NOTHING
        fit = self.log_rates[phrase] + self._fit(left, phrase, right)
        best: Phrase | None = None
        best_odds = odds = in_context = 0.0
        for original, log_rate in sources:
            other = self._fit(left, original, right)
            one = math.exp(min(log_rate + other - fit, _HIGHEST_LOG_ODDS))
            odds += one
            if one > best_odds:
                best, best_odds = original, one
                in_context = self.log_rates[original] + other - fit
        return Reading(odds, best, in_context, kept)

    def is_attested(
        self, left: str | None, phrase: Phrase, right: str | None, original: Phrase
    ) -> bool:
        """Whether clean news has the phrase beside one of its neighbours rather than the original.

        "workplace safety" is a fixed expression, however usual "office" is. Function words as
        neighbours attest nothing, nor do the function words at the ends of longer phrases.
        """
        if len(phrase) > 1 or len(original) > 1:
            return False
        after = right is not None and self._prefers(
            (phrase[-1], right), (original[-1], right), right
        )
        before = left is not None and self._prefers((left, phrase[0]), (left, original[0]), left)
        return after or before

    def _prefers(
        self,
        pair: tuple[str, str],
        other: tuple[str, str],
        neighbour: str,
    ) -> bool:
        background = self.background
        if background.documents_with(neighbour) > _FUNCTION_WORD * background.documents:
            return False
        return background.pair(*pair) > _ATTESTED * background.pair(*other)

    def per_thousand(self, phrase: Phrase) -> float:
        """How often the phrase stands in 1,000 articles of clean news."""
        return 1000.0 * phrase_rate(self.background, phrase) / self.background.documents

    def _fit(self, left: str | None, phrase: Phrase, right: str | None) -> float:
        return lift(self.background, left, phrase[0]) + lift(self.background, phrase[-1], right)


def lift(background: Background, first: str | None, second: str | None) -> float:
    """How much oftener than by chance two words stand side by side (log); 0 where unknown."""
    if first is None or second is None:
        return 0.0
    one, other, together = background.together(first, second)
    if not one or not other:
        return 0.0
    chance = one * other / background.words
    return math.log((together + _UNLISTED_PAIR) / (chance + _UNLISTED_PAIR))


def phrase_rate(background: Background, phrase: Phrase) -> float:
    """How often the phrase stands in the background; for longer ones the rarest pair in it.

    Pairs are counted in articles; that a pair comes back within an article is allowed for as if
    pairs fell on articles by chance.
    """
    if len(phrase) == 1:
        return max(float(background.times(phrase[0])), _UNLISTED_WORD)
    n = background.documents
    rarest = min(background.pair(a, b) for a, b in pairwise(phrase))
    return -n * math.log(1.0 - min(max(rarest, _UNLISTED_PAIR) / n, 0.98))


def build_channel(pairs: SpunPairs, background: Background) -> Channel:
    """The channel that replaces each listed word by its synonyms with equal chance."""
    sources: dict[Phrase, list[tuple[Phrase, float]]] = {}
    for original, spun_forms in pairs.spun_forms.items():
        rate = phrase_rate(background, original) * _REPLACED / len(spun_forms)
        for spun in spun_forms:
            sources.setdefault(spun, []).append((original, math.log(rate)))
    replaceable = frozenset(pairs.spun_forms)
    lengths: dict[str, set[int]] = {}
    known = {*sources, *replaceable}
    for phrase in known:
        lengths.setdefault(phrase[0], set()).add(len(phrase))
    return Channel(
        background,
        {k: tuple(v) for k, v in sources.items()},
        {phrase: math.log(phrase_rate(background, phrase)) for phrase in known},
        replaceable,
        {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()},
        pairs.spellings,
    )


def kept_share() -> float:
    """Share of the replaceable words that the channel leaves standing."""
    return 1.0 - _REPLACED


def kept_ratio() -> float:
    """Log-likelihood ratio, spun against clean, of a replaceable word that stands unreplaced."""
    return _KEPT_RATIO


@cache
def load_channel(without: frozenset[str] = frozenset()) -> Channel:
    """The channel of the shipped lexicons, less the pairs known only from the origins `without`."""
    return build_channel(load_spun_pairs(without), load_background())
