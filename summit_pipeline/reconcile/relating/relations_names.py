"""How two names in one role, or two places of one event, stand to each other.

The identity in the role is compared: a fuller form is less specific or equal, an incompatible one a
contradiction. Belongs here: judging two names. Does not belong here: joining forms of one bearer
(`parties`).
"""

import re
from collections.abc import Sequence

from summit_pipeline.reconcile.relating.relations_amounts import differing
from summit_pipeline.reconcile.relating.verdicts import Setting, Verdict
from summit_pipeline.reconcile.slotting.evidence import nouns
from summit_pipeline.reconcile.slotting.parties import Key, name_key
from summit_pipeline.reconcile.slotting.readings import Reading

_TENURE = re.compile(
    r"\b(former|ex|then|acting|interim|incoming|outgoing|deputy|vice|assistant|late|past)\b",
    re.IGNORECASE,
)
_BEFORE = 60  # code points before a name in which its role stands


def _tenure(reading: Reading) -> frozenset[str]:
    """Words that tell one holder of an office from another: former, acting, deputy."""
    claim = reading.claim
    start = claim.clean_start - claim.sentence_start
    before = claim.sentence[max(0, start - _BEFORE) : start]
    before = re.split(r"[,;:()—–]", before)[-1]
    return frozenset(word.casefold() for word in _TENURE.findall(before))


def relate_names(a: Reading, b: Reading, setting: Setting) -> Verdict | None:
    """The relation of two names; None where one of them is empty."""
    first = name_key(a.claim.canonical or a.claim.value_text)
    second = name_key(b.claim.canonical or b.claim.value_text)
    if not first or not second or _tenure(a) != _tenure(b):
        return None
    if first == second:
        return Verdict("agree", "same_name", f"{a.quoted} and {b.quoted} are one name")
    if _is_part(first, second) or _one_person(first, second) or _is_part(*_written(a, b)):
        return Verdict(
            "less_specific", "fuller_name", f"one of {a.quoted} and {b.quoted} is the fuller form"
        )
    if {a.head, b.head} & nouns("several_at_once"):
        return None
    if a.claim.kind == "place":
        reason = f"nothing tells whether one of {a.quoted} and {b.quoted} lies in the other"
        return Verdict("undecided", "place_in_place", reason)
    return differing(a, b, setting)


def _is_part(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether all words of one name are among the other's."""
    return set(first) <= set(second) or set(second) <= set(first)


def _written(a: Reading, b: Reading) -> tuple[Key, Key]:
    """The names as the texts write them ("Pensacola, Florida" for Pensacola)."""
    return name_key(a.claim.value_text), name_key(b.claim.value_text)


def _one_person(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two names are one but for a shortened first name: Chris and Christopher A. Wray."""
    if len(first) < 2 or len(second) < 2 or first[-1] != second[-1]:
        return False
    short, long = sorted((first[0], second[0]), key=len)
    return long.startswith(short)
