"""What an article is about, as weighted terms of length 1 (TF-IDF with background frequencies).

The weights of rare terms come from a large shipped table, never from the articles at hand: so an
article's vector is the same in every batch, and one threshold fits sets of any size.

Belongs here: weights. Does not belong here: cutting text into terms (`story_terms`), comparing
vectors (`story_graph`).
"""

import functools
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from summit_pipeline.lexicons.document_frequencies import load_document_frequencies
from summit_pipeline.reconcile.grouping import story_terms

Vector = Mapping[str, float]

# All numbers below were chosen together on AllSides (full), BASIL, NewsWCL50 and ECB+ dev, by pair
# F1 at one common threshold (`benchmarks/stories.py`); neighbours differ by less than a point.
#
# News tells its event first: 400 words give pair F1 .84 on AllSides, whole articles .815.
_WORDS_READ = 400
_TITLE_WEIGHT = 2
_TERMS_KEPT = 150
_IDF_POWER = 0.7
# A word pair that an article uses once is most often nobody else's; a single word less so.
_PAIR_SAID_ONCE = 0.3
_WORD_SAID_ONCE = 0.7
# Terms in more than this share of the background articles tell nothing and join no pair.
_COMMON_SHARE = 0.25
# Names and numbers tell one happening from another of its kind, and weigh this much more: with it
# ECB+ gains 1.5 points of BCubed, AllSides .2; 1.7 is worse on AllSides.
_TELLING = 1.3
# A term that the table does not list stands in fewer articles than its rarest; this many is
# taken for it, a word being rarer news than a pair.
_UNLISTED_WORD = 5
_UNLISTED_PAIR = 10
# Weights are multiples of this power of two, so that sums of their products are exact: the likeness
# of two articles is the same in whichever order, and in whichever run, it is added up.
_GRAIN = 1 << 15


@dataclass(frozen=True, slots=True)
class _Weights:
    """Inverse document frequencies of the listed terms, and of those that are not."""

    common: frozenset[str]
    listed: Mapping[str, float]
    unlisted_word: float
    unlisted_pair: float


@functools.cache
def _weights() -> _Weights:
    table = load_document_frequencies()

    def idf(articles: int) -> float:
        return math.pow(math.log(table.articles / articles), _IDF_POWER)

    most = _COMMON_SHARE * table.articles
    return _Weights(
        common=frozenset(t for t, n in table.by_term.items() if n > most and " " not in t),
        listed={t: idf(n) for t, n in table.by_term.items() if n <= most},
        unlisted_word=idf(_UNLISTED_WORD),
        unlisted_pair=idf(_UNLISTED_PAIR),
    )


def article_vector(title: str, text: str, telling_weight: float = _TELLING) -> Vector:
    """The vector of an English article: words and word pairs, those of the title counted twice.

    Names and numbers weigh `telling_weight` times as much as they would as plain words. Empty for a
    text without content words.
    """
    weights = _weights()
    written = story_terms.first_words(text, _WORDS_READ)
    text_words = story_terms.folded(written)
    title_words = story_terms.words(title)
    words = Counter(text_words)
    pairs = Counter(story_terms.pairs(text_words, weights.common))
    telling = words.keys() - {
        word for word, as_written in zip(text_words, written, strict=True) if as_written.islower()
    }
    for _ in range(_TITLE_WEIGHT):
        words.update(title_words)
        pairs.update(story_terms.pairs(title_words, weights.common))
    listed, unlisted = weights.listed, weights.unlisted_word
    terms = [
        (
            listed.get(t, unlisted)
            * (_WORD_SAID_ONCE if n == 1 else math.sqrt(n))
            * (telling_weight if t in telling else 1),
            t,
        )
        for t, n in words.items()
        if t not in weights.common
    ]
    unlisted = weights.unlisted_pair
    for t, n in pairs.items():
        first, _, second = t.partition(" ")
        weight = listed.get(t, unlisted) * (_PAIR_SAID_ONCE if n == 1 else math.sqrt(n))
        is_telling = first in telling or second in telling
        terms.append((weight * telling_weight if is_telling else weight, t))
    return _unit(terms)


def name_vector(title: str, text: str) -> Vector:
    """The vector of what survives translation: names and numbers."""
    weights = _weights()
    counts = Counter(story_terms.names_among(story_terms.first_words(text, _WORDS_READ)))
    of_title = story_terms.names_and_numbers(title)
    for _ in range(_TITLE_WEIGHT):
        counts.update(of_title)
    return _unit(
        [
            (
                weights.listed.get(t, weights.unlisted_word)
                * (_WORD_SAID_ONCE if n == 1 else math.sqrt(n)),
                t,
            )
            for t, n in counts.items()
            if t not in weights.common
        ]
    )


def _unit(terms: list[tuple[float, str]]) -> Vector:
    """The heaviest terms, heaviest first and scaled to length 1; equal ones go by the alphabet."""
    terms.sort(reverse=True)
    del terms[_TERMS_KEPT:]
    grains = _GRAIN / (math.sqrt(math.fsum(weight * weight for weight, _ in terms)) or 1.0)
    return {term: round(weight * grains) / _GRAIN for weight, term in terms}
