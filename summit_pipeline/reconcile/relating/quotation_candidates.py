"""Which quotations of a story are compared: those that share a key, so that not all pairs are.

Belongs here: keys, their postings, candidate pairs. Does not belong here: whether two candidates
are one remark (`quotations`).
"""

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence

from summit_pipeline.reconcile.relating.wordings import wording_of
from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.reconcile.slotting.terms import terms, word_classes

# A fragment of fewer words than this is too common to be one particular remark.
FRAGMENT = 3
# Keys that more quotations share than this are no way to find partners.
_COMMON = 60
# A word or two quoted alone tell a remark only where few quotations of the story hold them.
_RARE = 5
# Quotations that hold the rarest word of a fragment, beyond which the word is no way to find them.
_HOLDERS = 30


Postings = Mapping[str, Sequence[int]]


def _keys(reading: Reading, swaps_known: bool) -> set[str]:
    """What two quotations must share to be compared: a pair of words, or one speaker's word."""
    folded = wording_of(reading.claim.value_text).folded
    keys = {" ".join(pair) for pair in itertools.pairwise(folded)}
    if len(folded) < FRAGMENT and terms(" ".join(folded)):
        keys.add(f"only: {' '.join(folded)}")
    if reading.speaker:
        keys |= {f"{reading.speaker}: {word}" for word in folded if terms(word)}
        # A rewritten remark may share no pair of words with its original.
        if swaps_known and len(folded) >= FRAGMENT:
            keys.add(f"who {reading.speaker}")
    return keys


def postings_of(
    readings: Sequence[Reading], members: Sequence[int], *, swaps_known: bool
) -> Postings:
    """The quotations (indices) under each key; `swaps_known`: rewritten remarks are looked for."""
    postings: dict[str, list[int]] = defaultdict(list)
    for index in members:
        for key in _keys(readings[index], swaps_known):
            postings[key].append(index)
    return postings


def candidate_pairs(
    readings: Sequence[Reading], members: Sequence[int], postings: Postings
) -> list[tuple[int, int]]:
    """Pairs of quotations (indices, ascending) that share a key few others have."""
    pairs = _fragments_and_holders(readings, members)
    for key, found in postings.items():
        if len(found) <= (_RARE if ": " in key else _COMMON):
            pairs.update(itertools.combinations(found, 2))
    return sorted(pairs)


def is_often_quoted(folded: Sequence[str], postings: Postings) -> bool:
    """Whether all pairs of words of a short quotation stand in many quotations of the story."""
    pairs = [" ".join(pair) for pair in itertools.pairwise(folded)]
    return bool(pairs) and min(len(postings.get(key, ())) for key in pairs) > _RARE


def _fragments_and_holders(
    readings: Sequence[Reading], members: Sequence[int]
) -> set[tuple[int, int]]:
    """Quotations of a word or two, each with the quotations that hold its rarest word."""
    holders: dict[str, list[int]] = defaultdict(list)
    fragments: list[tuple[int, frozenset[str]]] = []
    for index in members:
        text = readings[index].claim.value_text
        words = word_classes(text)
        for word in words:
            holders[word].append(index)
        if words and len(wording_of(text).folded) < FRAGMENT:
            fragments.append((index, words))
    pairs: set[tuple[int, int]] = set()
    for index, words in fragments:
        found = min((holders[w] for w in sorted(words)), key=len)
        if len(found) <= _HOLDERS:
            pairs.update((min(index, i), max(index, i)) for i in found if i != index)
    return pairs
