"""The words of quotations: made comparable, aligned, and their differences shown.

Belongs here: splitting a quotation into words, aligning two of them, the word-level diff. Does not
belong here: which quotations are one remark, and the verdicts on them (`quotations`).
"""

import functools
import itertools
import re
from dataclasses import dataclass, replace
from difflib import Match, SequenceMatcher

from summit_pipeline.text.tokens import fold, words

_GAP = re.compile(r"\.\.\.|…|\[[^\]]{0,80}\]")
_CONTRACTIONS = {
    "n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'m": "am", "gonna": "going to",
    "wanna": "want to", "gotta": "got to",
}  # fmt: skip

# Longest quotation compared word by word; what follows is compared by its beginning.
_LONGEST = 400
# What a changed word inside costs where the stretch that two remarks share is sought: a choice, so
# that a block of words is joined to the stretch when it is longer than half of the words between.
_CHANGED = 0.5


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a quotation, folded for comparing; `gaps` are places of words left out."""

    folded: tuple[str, ...]
    shown: tuple[str, ...]
    gaps: frozenset[int]


@functools.lru_cache(maxsize=16384)
def wording_of(text: str) -> Wording:
    """Split a quotation into words; "…", "..." and square brackets mark gaps before a word."""
    folded: list[str] = []
    shown: list[str] = []
    gaps: set[int] = set()
    marks = [m.span() for m in _GAP.finditer(text)]
    at = 0
    for span in words(text)[:_LONGEST]:
        while at < len(marks) and marks[at][1] <= span.start:
            gaps.add(len(folded))
            at += 1
        word = text[span.start : span.end]
        for part in _expanded(fold(word)):
            folded.append(part)
            shown.append(word)
    if at < len(marks):
        gaps.add(len(folded))
    return Wording(tuple(folded), tuple(shown), frozenset(gaps))


def _expanded(word: str) -> tuple[str, ...]:
    """Contractions written out, so that "we'll" and "we will" are one wording."""
    if word == "won't":
        return ("will", "not")
    if word == "can't":
        return ("can", "not")
    for ending, whole in _CONTRACTIONS.items():
        if word == ending:
            return tuple(whole.split())
        if ending[0] in "n'" and word.endswith(ending) and len(word) > len(ending):
            return (word[: -len(ending)], whole)
    return (word,)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two wordings aligned: words shared, words changed inside, words missing at the ends."""

    matched: int
    edits: int
    gap_edits: int
    ends: int
    length: int
    swaps: tuple[tuple[str, str], ...]


def compare(a: Wording, b: Wording) -> Comparison:
    """Align two wordings: of the two orders of comparing them, the one that finds more.

    `edits` counts words changed between the first and the last shared word, `gap_edits` those of
    them that stand where a gap is marked, `length` the words of that stretch.
    """
    found = _aligned(a, b)
    if not found.edits:
        return found
    other = _aligned(b, a)
    if other.edits - other.matched >= found.edits - found.matched:
        return found
    return replace(other, swaps=tuple((left, right) for right, left in other.swaps))


def _aligned(a: Wording, b: Wording) -> Comparison:
    """Two wordings aligned by the longest common blocks, which the order of the two may decide."""
    blocks = _blocks(a, b)
    if not blocks:
        return Comparison(0, max(len(a.folded), len(b.folded)), 0, 0, 0, ())
    edits = gap_edits = 0
    swaps: list[tuple[str, str]] = []
    for one, two in itertools.pairwise(blocks):
        left = a.folded[one.a + one.size : two.a]
        right = b.folded[one.b + one.size : two.b]
        changed = max(len(left), len(right))
        edits += changed
        if any(one.a + one.size <= g <= two.a for g in a.gaps) or any(
            one.b + one.size <= g <= two.b for g in b.gaps
        ):
            gap_edits += changed
        elif len(left) == len(right):
            swaps.extend(zip(left, right, strict=True))
    first, last = blocks[0], blocks[-1]
    head = max(first.a, first.b) if min(first.a, first.b) == 0 else 0
    tail_a, tail_b = (
        len(a.folded) - last.a - last.size,
        len(b.folded) - last.b - last.size,
    )
    tail = max(tail_a, tail_b) if min(tail_a, tail_b) == 0 else 0
    # Words on both sides beyond the shared stretch were changed, not left out.
    if min(first.a, first.b) > 0:
        edits += max(first.a, first.b)
        if first.a == first.b:
            swaps.extend(zip(a.folded[: first.a], b.folded[: first.b], strict=True))
    if min(tail_a, tail_b) > 0:
        edits += max(tail_a, tail_b)
        if tail_a == tail_b:
            swaps.extend(zip(a.folded[-tail_a:], b.folded[-tail_b:], strict=True))
    matched = sum(m.size for m in blocks)
    return Comparison(matched, edits, gap_edits, head + tail, matched + edits, tuple(swaps))


@dataclass(frozen=True, slots=True)
class Stretch:
    """The stretch that two wordings share, each cut free of what else the texts quote.

    `words` are the shared words in order, `longest` the most of them in a row, `edits` the
    words changed between them; the ends tell how many words of each wording stand before and after
    the stretch.
    """

    words: tuple[str, ...]
    longest: tuple[str, ...]
    edits: int
    before: tuple[int, int]
    after: tuple[int, int]

    @property
    def is_contained(self) -> bool:
        """Whether one wording lies wholly in the other one."""
        ends = (*zip(self.before, self.after, strict=True),)
        return self.edits == 0 and any(not any(side) for side in ends)


def shared_stretch(a: Wording, b: Wording) -> Stretch | None:
    """The best stretch that two wordings share (a local alignment over their common blocks)."""
    blocks = _blocks(a, b)
    best: tuple[float, int, int] | None = None
    score, begin = 0.0, 0
    for place, block in enumerate(blocks):
        between = _between(blocks[place - 1], block) if place else 0
        if place and score - _CHANGED * between > 0:
            score += block.size - _CHANGED * between
        else:
            score, begin = float(block.size), place
        if best is None or score > best[0]:
            best = (score, begin, place)
    if best is None:
        return None
    chosen = blocks[best[1] : best[2] + 1]
    first, last = chosen[0], chosen[-1]
    longest = max(chosen, key=lambda m: m.size)
    return Stretch(
        tuple(w for m in chosen for w in a.folded[m.a : m.a + m.size]),
        a.folded[longest.a : longest.a + longest.size],
        sum(_between(one, two) for one, two in itertools.pairwise(chosen)),
        (first.a, first.b),
        (len(a.folded) - last.a - last.size, len(b.folded) - last.b - last.size),
    )


def _blocks(a: Wording, b: Wording) -> list[Match]:
    matcher = SequenceMatcher(None, a.folded, b.folded, autojunk=False)
    return [m for m in matcher.get_matching_blocks() if m.size]


def _between(one: Match, two: Match) -> int:
    """Words changed between two blocks."""
    return max(two.a - one.a - one.size, two.b - one.b - one.size)


def wording_diff(best: str, other: str) -> str:
    """Word-level difference of a wording to the best one: "-left out- +added+"; empty if none."""
    one, two = wording_of(best), wording_of(other)
    parts: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(
        None, one.folded, two.folded, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            parts.append(" ".join(one.shown[a:b]))
            continue
        if b > a:
            parts.append(f"-{' '.join(one.shown[a:b])}-")
        if d > c:
            parts.append(f"+{' '.join(two.shown[c:d])}+")
    return "" if one.folded == two.folded else " ".join(parts)
