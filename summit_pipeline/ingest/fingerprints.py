"""Whether two deliveries of a document say the same, nearly the same, or something else.

A version is what a reader is told: its title and its visible text. White space, Unicode form, the
shape of quotation marks and dashes, entities and markup say nothing, so they make no version; any
other character does. The visible text itself is found by the caller.

Belongs here: the comparison of visible texts. Does not belong here: decoding, markup, furniture
(`normalise.visible_text`), or which deliveries are compared (`identity`).
"""

import hashlib
import re
import unicodedata
import zlib
from dataclasses import dataclass
from itertools import pairwise

SKETCH_SIZE = 128
"""Smallest hashes of word pairs that are kept: the share of common pairs is told within 0.05."""

NEAR = 0.4
"""Share of common word pairs from which two texts are one article, edited. Of 300 generated edits
(`benchmarks/edits.py`) the lowest is 0.77; of 1,189 pairs of articles by two outlets on one event
(AllSides) 99 % lie below 0.22 and the highest at 0.397."""

_INVISIBLE = re.compile("[\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_WORD = re.compile(r"\w+")
_SHAPES = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ‛`´′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
    }
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text to compare it: a hash for equality, a sketch for likeness."""

    text_hash: str
    sketch: frozenset[int]


def fingerprint(visible: str) -> Fingerprint:
    """The fingerprint of a visible text, its title included."""
    plain = folded(visible)
    return Fingerprint(
        hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest(), _sketch(plain.casefold())
    )


def folded(visible: str) -> str:
    """The text in one Unicode form, with plain marks and single spaces; letter case stays."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", visible)).translate(_SHAPES)
    return " ".join(text.split())


def near_same(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two texts are one article, edited at most."""
    if one.text_hash == other.text_hash:
        return True
    smallest = sorted(one.sketch | other.sketch)[:SKETCH_SIZE]
    shared = sum(1 for h in smallest if h in one.sketch and h in other.sketch)
    return bool(smallest) and shared >= NEAR * len(smallest)


def _sketch(text: str) -> frozenset[int]:
    """The smallest hashes of all pairs of neighbouring words; a lone word stands for itself."""
    words = _WORD.findall(text)
    pairs = {f"{one} {other}" for one, other in pairwise(words)} or set(words)
    hashes = sorted({zlib.crc32(pair.encode("utf-8", "replace")) for pair in pairs})
    return frozenset(hashes[:SKETCH_SIZE])
