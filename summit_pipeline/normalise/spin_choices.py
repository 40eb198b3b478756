"""Which of two synonyms a text chooses, against what clean news chooses in the same place.

A synonym spinner is read as a noisy channel: clean news in, each word replaced with some chance by
a listed synonym. Every word that the channel can put out then has a likelihood ratio, spun against
clean, in its context: how often clean news writes it between its two neighbours, against how often
clean news writes there the words it may stand for. A word that the channel would have replaced and
that still stands speaks against spinning.

Belongs here: the choices of a text and their log-likelihood ratios. Does not belong here: the
lexicon (`lexicons.spun_pairs`), the background (`lexicons.background`), or the grade (`grading`).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from summit_pipeline.lexicons.background import Background, load_background
from summit_pipeline.lexicons.spun_pairs import SpunPairs, load_spun_pairs
from summit_pipeline.text.counted_words import Word, table_form

# Chance that the channel replaces a word it knows.
_REPLACED = 0.4
# A pair of words that the table does not list stands for this many articles: half the table's floor.
_UNLISTED_PAIR = 4.0
_UNLISTED_WORD = 10.0
_HIGHEST_RATIO = 5.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice between synonyms: words `first:last` (indices) of the text.

    `ratio` is the log-likelihood ratio, spun against clean. `original` is the likeliest word
    behind it, None where the text has the word that a spinner would have replaced. `odds` are those
    of a replacement against none, given a spinner; `in_context` is the log of how much more usual
    clean news finds the original between the words beside it.
    """

    first: int
    last: int
    phrase: tuple[str, ...]
    ratio: float
    original: tuple[str, ...] | None
    odds: float = 0.0
    in_context: float = 0.0


Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """The spinner as a channel over the background: phrase -> the phrases it may stand for."""

    background: Background
    sources: Mapping[Phrase, tuple[tuple[Phrase, float], ...]]  # spun -> (original, rate)
    kept: Mapping[Phrase, float]  # log-likelihood ratio of a word left standing
    by_first: Mapping[str, tuple[Phrase, ...]]  # longest first

    def rate(self, phrase: Phrase) -> float:
        """How often clean news has the phrase, in all articles together."""
        return phrase_rate(self.background, phrase)


def phrase_rate(background: Background, phrase: Phrase) -> float:
    """How often the phrase stands in the background; for longer ones the rarest pair in it."""
    if len(phrase) == 1:
        return max(float(background.times(phrase[0])), _UNLISTED_WORD)
    n = background.documents
    pairs = (background.pair(a, b) for a, b in zip(phrase, phrase[1:], strict=False))
    share = min(max(min(pairs), _UNLISTED_PAIR) / n, 0.98)
    return -n * math.log(1.0 - share)


def build_channel(pairs: SpunPairs, background: Background) -> Channel:
    """The channel that replaces each listed word by its synonyms with equal chance."""
    sources: dict[Phrase, list[tuple[Phrase, float]]] = {}
    kept: dict[Phrase, float] = {}
    for original, spun_forms in pairs.spun_forms.items():
        rate = phrase_rate(background, original)
        usable = [s for s in spun_forms if s != original]
        for spun in usable:
            sources.setdefault(spun, []).append((original, rate * _REPLACED / len(usable)))
        kept[original] = math.log(1.0 - _REPLACED)
    by_first: dict[str, list[Phrase]] = {}
    for phrase in {*sources, *kept}:
        by_first.setdefault(phrase[0], []).append(phrase)
    return Channel(
        background,
        {k: tuple(v) for k, v in sources.items()},
        kept,
        {k: tuple(sorted(v, key=lambda p: (-len(p), p))) for k, v in by_first.items()},
    )


@cache
def load_channel(without: frozenset[str] = frozenset()) -> Channel:
    """The channel of the shipped lexicon, less the pairs known only from `without`."""
    return build_channel(load_spun_pairs(without), load_background())


def _lift(channel: Channel, first: str | None, second: str | None) -> float:
    """How much oftener than by chance the two words stand side by side (log)."""
    if first is None or second is None:
        return 0.0
    background = channel.background
    one, other = background.times(first), background.times(second)
    if not one or not other:
        return 0.0
    chance = one * other / background.words
    return math.log((background.pair(first, second) + _UNLISTED_PAIR) / (chance + _UNLISTED_PAIR))


def find_choices(words: Sequence[Word], channel: Channel) -> list[Choice]:
    """The choices of a text's words, in order and without overlap; longest phrase first."""
    found: list[Choice] = []
    at = 0
    while at < len(words):
        phrase = None if _is_name(words[at]) else _match(words, at, channel)
        if phrase is None:
            at += 1
            continue
        found.append(_judge(words, at, phrase, channel))
        at += len(phrase)
    return found


def _is_name(word: Word) -> bool:
    """Whether the word is capitalised though it opens no sentence: names are not chosen."""
    return word.joined and word.capital


def _match(words: Sequence[Word], at: int, channel: Channel) -> Phrase | None:
    for phrase in channel.by_first.get(words[at].form, ()):
        stop = at + len(phrase)
        if stop <= len(words) and all(
            words[at + i].joined and words[at + i].form == phrase[i] for i in range(1, len(phrase))
        ):
            return phrase
    return None


def _judge(words: Sequence[Word], at: int, phrase: Phrase, channel: Channel) -> Choice:
    stop = at + len(phrase)
    left = table_form(words[at - 1].form) if at > 0 and words[at].joined else None
    right = table_form(words[stop].form) if stop < len(words) and words[stop].joined else None
    kept = channel.kept.get(phrase, 0.0)
    sources = channel.sources.get(phrase)
    if not sources:
        return Choice(at, stop, phrase, kept, None)
    fit = math.log(channel.rate(phrase)) + _fit(channel, left, phrase, right)
    best: Phrase | None = None
    best_odds = total = best_fit = 0.0
    for original, rate in sources:
        odds = math.exp(min(math.log(rate) + _fit(channel, left, original, right) - fit, 20.0))
        total += odds
        if odds > best_odds:
            best, best_odds = original, odds
            best_fit = math.log(channel.rate(original)) + _fit(channel, left, original, right)
    ratio = min(math.log(math.exp(kept) + total), _HIGHEST_RATIO)
    usual = best_fit - fit
    return Choice(at, stop, phrase, ratio, best, total, usual)


def _fit(channel: Channel, left: str | None, phrase: Phrase, right: str | None) -> float:
    return _lift(channel, left, phrase[0]) + _lift(channel, phrase[-1], right)
