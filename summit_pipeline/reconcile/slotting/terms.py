"""Words around a claim, as evidence of what it is about.

A claim's context is a bag of normal forms (stem, or class of like words from the lexicon) of the
words in its sentence, each weighted by how near it stands and how rare it is among the story's
sentences. Belongs here: the bag, its weights and the likeness of two bags. Does not belong here:
deciding whether two claims speak of one thing (`slots`).
"""

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from summit_pipeline.lexicons import load_toml
from summit_pipeline.text.tokens import fold, words

_APOSTROPHE_S = re.compile(r"['’]s?$")

# A word n words away counts 1 / (1 + n / NEARNESS): half as much at that distance. Two settings are
# used side by side, one for the clause and one for the words next to the claim; both are choices,
# their worth is in the regression weights of `slot_weights.toml` ("likeness" and "near").
NEARNESS = 6.0
NEAREST = 1.5


@dataclass(frozen=True, slots=True)
class Term:
    """A word's normal form and where it stands in its sentence (code points)."""

    form: str
    start: int
    end: int


@functools.cache
def _stop_words() -> frozenset[str]:
    return frozenset(load_toml("context_words.toml")["stop_words"])


@functools.cache
def like_words() -> Mapping[str, str]:
    """Stem -> class label, for all words of the lexicon of measure classes."""
    classes: dict[str, str] = {}
    for label, entry in load_toml("measure_classes.toml")["class"].items():
        for word in (*entry["words"], *entry.get("mirror", ())):
            classes[stem(word)] = label
    return classes


@functools.cache
def mirror_words() -> frozenset[str]:
    """Stems of the words that state an amount from the other side's view (surplus of deficit)."""
    found: set[str] = set()
    for entry in load_toml("measure_classes.toml")["class"].values():
        found.update(stem(word) for word in entry.get("mirror", ()))
    return frozenset(found)


@functools.cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Phrases of several words and the class they stand for."""
    found = []
    for label, entry in load_toml("measure_classes.toml")["class"].items():
        for phrase in entry.get("phrases", ()):
            found.append((re.compile(rf"\b{re.escape(phrase)}\b", re.IGNORECASE), label))
    return tuple(found)


_IRREGULAR_ENDINGS = (
    ("ies", "y", 3),
    ("sses", "ss", 2),
    ("xes", "x", 2),
    ("ches", "ch", 2),
    ("shes", "sh", 2),
)
_ENDINGS = (("ingly", ""), ("edly", ""), ("ing", ""), ("ed", ""), ("ly", ""))


@functools.lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its ending: plural, -ed, -ing, -ly (a light stemmer after Harman 1991).

    Stems need not be words; they only have to be equal for forms of one word.
    """
    word = _APOSTROPHE_S.sub("", fold(word)).replace(".", "")
    for ending, instead, keep in _IRREGULAR_ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + keep - 1:
            word = word[: -len(ending)] + instead
            break
    else:
        if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
            word = word[:-1]
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + instead
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    return word


@functools.lru_cache(maxsize=8192)
def terms(sentence: str) -> tuple[Term, ...]:
    """The content words of a sentence in normal form; numbers and stop words are left out."""
    found: list[Term] = []
    taken: list[tuple[int, int]] = []
    for pattern, label in _phrases():
        for match in pattern.finditer(sentence):
            found.append(Term(label, match.start(), match.end()))
            taken.append(match.span())
    stops, classes = _stop_words(), like_words()
    for span in words(sentence):
        if any(s <= span.start < e for s, e in taken):
            continue
        word = fold(sentence[span.start : span.end])
        plain = _APOSTROPHE_S.sub("", word)
        # Bare figures are values, not context; "13-inch" tells one product from another.
        if plain in stops or len(plain) < 2 or (word[0].isdigit() and "-" not in word):
            continue
        form = stem(word)
        found.append(Term(classes.get(form, form), span.start, span.end))
    return tuple(sorted(found, key=lambda t: (t.start, t.end)))


@functools.lru_cache(maxsize=8192)
def word_classes(phrase: str) -> frozenset[str]:
    """Normal forms of a phrase's content words."""
    return frozenset(t.form for t in terms(phrase))


def rarity(sentences: Iterable[str]) -> dict[str, float]:
    """Weight of each term by how few of the story's sentences hold it (inverse frequency)."""
    counts: Counter[str] = Counter()
    total = 0
    for sentence in sentences:
        total += 1
        counts.update({t.form for t in terms(sentence)})
    return {form: math.log((total + 1) / (n + 0.5)) for form, n in counts.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """Weighted terms around a claim; `norm` is the square root of their summed squares."""

    weights: Mapping[str, float]
    norm: float


def context(
    sentence: str, start: int, end: int, rare: Mapping[str, float], nearness: float = NEARNESS
) -> Context:
    """The context of the words `sentence[start:end]`, which themselves are left out."""
    found = terms(sentence)
    before = sum(1 for t in found if t.end <= start)
    inside = sum(1 for t in found if t.end > start and t.start < end)
    weights: dict[str, float] = {}
    for place, term in enumerate(found):
        if term.end > start and term.start < end:
            continue
        away = before - 1 - place if term.end <= start else place - before - inside
        weight = rare.get(term.form, 1.0) / (1 + away / nearness)
        weights[term.form] = max(weight, weights.get(term.form, 0.0))
    return Context(weights, math.sqrt(sum(w * w for w in weights.values())))


def likeness(a: Context, b: Context) -> float:
    """Cosine of two contexts, between 0 and 1."""
    if not a.norm or not b.norm:
        return 0.0
    small, large = (
        (a.weights, b.weights) if len(a.weights) < len(b.weights) else (b.weights, a.weights)
    )
    return sum(w * large[t] for t, w in small.items() if t in large) / (a.norm * b.norm)


def overlap(a: Context, b: Context) -> float:
    """Share of the poorer context's weight that the other one holds too, between 0 and 1."""
    total = min(sum(a.weights.values()), sum(b.weights.values()))
    if not total:
        return 0.0
    common = sum(min(w, b.weights[t]) for t, w in a.weights.items() if t in b.weights)
    return min(1.0, common / total)


def shared(a: Context, b: Context, limit: int = 4) -> list[str]:
    """The terms that two contexts share, the weightiest first."""
    both = {t: w * b.weights[t] for t, w in a.weights.items() if t in b.weights}
    return sorted(both, key=lambda t: (-both[t], t))[:limit]
