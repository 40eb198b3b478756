"""Quotations: which quoted sentences are one remark, and how their wordings differ.

Two quoted sentences of different documents are paired if the same person says them (or one side
doesn't know who) and they share enough words in order. Belongs here: pairing, the verdicts Q1-Q4,
the word-level diff, the best wording. Does not belong here: finding quotations and speakers
(`extract.quotations`).
"""

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from summit_pipeline.reconcile.relating.verdicts import Verdict
from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.reconcile.slotting.terms import terms
from summit_pipeline.text.tokens import fold, words

_GAP = re.compile(r"\.\.\.|…|\[[^\]]{0,80}\]")
_CONTRACTIONS = {
    "n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'m": "am", "gonna": "going to",
    "wanna": "want to", "gotta": "got to",
}  # fmt: skip

# A remark's wordings may differ in this share of their words, and short ones in two
# (Q4 of docs/relations.md).
_VARIANT_SHARE = 0.15
_SHORT = 8
_SHORT_EDITS = 2
# A fragment of fewer words than this is too common to be one particular remark.
_FRAGMENT = 3
# As many shared words are one remark even where the texts name its speaker differently.
_VERBATIM = 6
# Longest quotation compared word by word; what follows is compared by its beginning.
_LONGEST = 400

Synonyms = Callable[[str, str], bool]


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
    """Align two wordings.

    `edits` counts words changed between the first and the last shared word, `gap_edits` those of
    them that stand where a gap is marked, `length` the words of that stretch.
    """
    blocks = [
        m
        for m in SequenceMatcher(None, a.folded, b.folded, autojunk=False).get_matching_blocks()
        if m.size
    ]
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


def judge(a: Reading, b: Reading, synonyms: Synonyms | None = None) -> Verdict | None:
    """The verdict on two quotations by one speaker, None if they are two remarks (Q5).

    `synonyms` tells whether a spinner writes the second word for the first.
    """
    one, two = wording_of(a.claim.value_text), wording_of(b.claim.value_text)
    if not one.folded or not two.folded:
        return None
    if one.folded == two.folded:
        return Verdict("agree", "same_words", f"{a.quoted} and {b.quoted}")
    found = compare(one, two)
    if a.source.is_spun != b.source.is_spun and speakers_compatible(a, b):
        verdict = _corrupted(a, b, one, two, found, synonyms)
        if verdict is not None:
            return verdict
    return _plain(a, b, one, two, found)


def _corrupted(
    a: Reading,
    b: Reading,
    one: Wording,
    two: Wording,
    found: Comparison,
    synonyms: Synonyms | None,
) -> Verdict | None:
    """Q2: one text is machine-rewritten, and words are swapped at aligned places."""
    shorter = min(len(one.folded), len(two.folded))
    longer = max(len(one.folded), len(two.folded))
    known = [s for s in found.swaps if synonyms is not None and synonyms(*s)]
    # Either half of the words stand, or enough of the exchanged ones are known to be a spinner's.
    aligned = shorter >= 0.6 * longer and found.matched >= 0.5 * shorter and found.edits > 0
    imaged = bool(known) and found.matched + len(known) >= 0.5 * shorter
    if not (aligned or imaged):
        return None
    spun = a if a.source.is_spun else b
    shown = ", ".join(f"{x} / {y}" for x, y in (known or found.swaps)[:4]) or "words changed"
    return Verdict(
        "quote_corrupted",
        "spun_wording",
        f"the text of {spun.source.outlet} is graded {spun.source.grade}; swapped: {shown}",
    )


def _plain(a: Reading, b: Reading, one: Wording, two: Wording, found: Comparison) -> Verdict | None:
    if not _enough_shared(a, b, one, two, found):
        return None
    unmarked = found.edits - found.gap_edits
    shown = f"{a.quoted} and {b.quoted}"
    if found.gap_edits and unmarked <= _VARIANT_SHARE * found.length:
        return Verdict("quote_elided", "gap_marked", f"{shown}: words left out at a mark")
    if unmarked == 0 and found.ends:
        if _both_whole(a, b) and found.ends <= max(1.0, _VARIANT_SHARE * found.length):
            return Verdict("quote_variant", "few_words_differ", f"{shown}: a word more at an end")
        return Verdict("quote_elided", "ends_left_out", f"{shown}: words left out")
    if unmarked == 0:
        return Verdict("agree", "same_words", shown)
    short = found.length < _SHORT
    allowed = _SHORT_EDITS if short else _VARIANT_SHARE * found.length
    if unmarked <= allowed and found.matched >= 2 * unmarked:
        changed = ", ".join(f"{x} / {y}" for x, y in found.swaps[:4]) or "words added or left out"
        rule = "few_words_differ_in_part" if found.ends else "few_words_differ"
        return Verdict("quote_variant", rule, f"{shown}: {changed}")
    return None


def _both_whole(a: Reading, b: Reading) -> bool:
    """Whether both texts give the words as a whole sentence: a capital first, a full stop last."""
    texts = (a.claim.value_text.strip(), b.claim.value_text.strip())
    return all(t[:1].isupper() and t.endswith((".", "!", "?")) for t in texts)


def _enough_shared(a: Reading, b: Reading, one: Wording, two: Wording, found: Comparison) -> bool:
    """Whether the words shared are enough to be one remark, given who says them.

    As many words in a row as `_VERBATIM` prove one remark whatever the texts say of the speaker
    (one names a person, another the office); fewer need one speaker, and fewer than `_FRAGMENT`
    a speaker known on both sides and a shorter wording that is wholly in the longer one.
    """
    if found.matched >= _VERBATIM and found.matched >= 3 * (found.edits - found.gap_edits):
        return True
    if not speakers_compatible(a, b):
        return False
    if found.matched >= _FRAGMENT:
        return True
    shorter = min((one.folded, two.folded), key=len)
    named = a.speaker is not None and a.speaker == b.speaker
    telling = any(t for t in terms(" ".join(shorter)))
    return named and telling and found.edits == 0 and len(shorter) == found.matched > 0


def speakers_compatible(a: Reading, b: Reading) -> bool:
    """Whether both quotations may be by one speaker: the same, or one side doesn't know."""
    return a.speaker is None or b.speaker is None or a.speaker == b.speaker


# Keys that more quotations share than this are no way to find partners.
_COMMON = 60
# A word or two quoted alone tell a remark only where few quotations of the story hold them.
_RARE = 5


def _keys(reading: Reading, swaps_known: bool) -> set[str]:
    """What two quotations must share to be compared: a pair of words, or one speaker's word."""
    folded = wording_of(reading.claim.value_text).folded
    keys = {" ".join(pair) for pair in itertools.pairwise(folded)}
    if reading.speaker:
        keys |= {f"{reading.speaker}: {word}" for word in folded if terms(word)}
        # A rewritten remark may share no pair of words with its original.
        if swaps_known and len(folded) >= _FRAGMENT:
            keys.add(f"who {reading.speaker}")
    return keys


def find_pairs(
    readings: Sequence[Reading],
    members: Sequence[int],
    synonyms: Synonyms | None = None,
) -> dict[tuple[int, int], Verdict]:
    """Verdicts on all pairs of quotations (indices) that are one remark."""
    postings: dict[str, list[int]] = defaultdict(list)
    for index in members:
        for key in _keys(readings[index], synonyms is not None):
            postings[key].append(index)
    candidates: set[tuple[int, int]] = set()
    for key, found in postings.items():
        if len(found) > (_RARE if ": " in key else _COMMON):
            continue
        candidates.update(itertools.combinations(found, 2))
    verdicts: dict[tuple[int, int], Verdict] = {}
    for a, b in sorted(candidates):
        one, two = readings[a], readings[b]
        if one.source.version_id == two.source.version_id:
            continue
        verdict = judge(one, two, synonyms)
        if verdict is not None:
            verdicts[a, b] = verdict
    return verdicts


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
