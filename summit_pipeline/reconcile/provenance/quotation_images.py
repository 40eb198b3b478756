"""Quotations that are images of a sibling's, word by word: a spinner's words in a speaker's mouth.

Nobody said "They need equity too"; somebody wrote it over "They want fairness also". Belongs here:
telling an image from another quotation. Does not belong here: which texts are looked at, or what
origin follows (`origins`); the remarks themselves (`relating.quotations`). Offsets are code points
of the clean text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from summit_pipeline.lexicons.spun_pairs import SpunPairs
from summit_pipeline.text.quote_marks import quoted_stretches
from summit_pipeline.text.tokens import fold, words
from summit_pipeline.vocabulary import Span

# An image has at least two listed replacements, and so many of its words are replacements or stand
# in the original: what is left over are words that the lexicon doesn't know. Of 382 quotations of
# real articles spun with listed words, 296 are found; of 24,960 quotations of reports of one event
# in the grouping sets, one is taken for an image of another report's.
_FEWEST_REPLACED = 2
_LEAST_EXPLAINED = 0.65
_FEWEST_WORDS = 5
_LONGEST_PHRASE = 3  # words of a replacement or what it replaces
_LONGEST = 80  # words of a quotation that are looked at


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation: where it stands, and its folded words."""

    span: Span
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A quotation of one text that is the image of another's (by their numbers)."""

    quotation: int
    original: int


def quotations(text: str) -> list[Quoted]:
    """The quotations of a text that are long enough to tell an image by."""
    found = []
    for stretch in quoted_stretches(text):
        spans = words(text, stretch.start, stretch.end)[:_LONGEST]
        if len(spans) >= _FEWEST_WORDS:
            folded = tuple(fold(text[span.start : span.end]) for span in spans)
            found.append(Quoted(Span(spans[0].start, spans[-1].end), folded))
    return found


def find_images(spun: Sequence[Quoted], others: Sequence[Quoted], pairs: SpunPairs) -> list[Image]:
    """The quotations of a spun text that are images of another text's, in order, one each."""
    holders: dict[str, set[int]] = {}
    for number, other in enumerate(others):
        for word in other.words:
            holders.setdefault(word, set()).add(number)
    found = []
    for number, quoted in enumerate(spun):
        shared: dict[int, int] = {}
        for word in set(quoted.words):
            for other_number in holders.get(word, ()):
                shared[other_number] = shared.get(other_number, 0) + 1
        for other_number in sorted(shared, key=lambda n: (-shared[n], n))[:3]:
            if _is_image(quoted.words, others[other_number].words, pairs):
                found.append(Image(number, other_number))
                break
    return found


def _is_image(spun: tuple[str, ...], original: tuple[str, ...], pairs: SpunPairs) -> bool:
    """Whether the words are the original's but for listed replacements; ends may be cut."""
    replaced = kept = 0
    for kind, a, b, c, d in SequenceMatcher(None, spun, original, autojunk=False).get_opcodes():
        if kind == "equal":
            kept += b - a
        elif kind == "replace":
            replaced += _replacements(spun[a:b], original[c:d], pairs)
    count = min(len(spun), len(original))
    return replaced >= _FEWEST_REPLACED and kept + replaced >= _LEAST_EXPLAINED * count


def _replacements(spun: Sequence[str], original: Sequence[str], pairs: SpunPairs) -> int:
    """How many of these words are listed replacements of those at their places."""
    if len(spun) == len(original):
        return sum(pairs.is_pair(a, b) for a, b in zip(spun, original, strict=True))
    if max(len(spun), len(original)) > _LONGEST_PHRASE:
        return 0
    is_listed = tuple(original) in pairs.originals.get(tuple(spun), ())
    return len(spun) if is_listed else 0
