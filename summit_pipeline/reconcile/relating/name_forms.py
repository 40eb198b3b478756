"""Whether two names, places, charges or posts are one, a part of one another, or others.

Belongs here: comparing what two claims name. Does not belong here: what the comparison means for a
reader (`relations_names`), or joining the forms of one bearer (`slotting.parties`).
"""

import re
from difflib import SequenceMatcher
from typing import Literal

from summit_pipeline.reconcile.slotting.parties import Key, name_key, one_first_name
from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.text.tokens import folded_words

Likeness = Literal["same", "spelling", "part", "other"]

POST = "post"
"""What the extract stage calls the claim of what somebody is (`extract.states.posts`)."""

_TENURE = re.compile(
    r"\b(former|ex|then|acting|interim|incoming|outgoing|deputy|vice|assistant|late|past)\b",
    re.IGNORECASE,
)
_BEFORE = 60  # code points before a name in which its role stands

# Words of a post that tell another rank; whoever has one hasn't the post without it (an associate
# justice is a justice).
_RANKS = frozenset(("vice", "deputy", "assistant", "under"))
# Words that tell when a post is held, and little words.
_OVER = frozenset(("former", "ex", "then", "past", "late"))
_WHEN = _OVER | {"current", "now", "longtime"}
_LITTLE = frozenset(("of", "for", "at", "in", "on", "the", "a", "an", "and", "s", "u"))


def is_post(reading: Reading) -> bool:
    """Whether a claim tells what a person is, not who stands in a role."""
    return reading.claim.kind == "name" and reading.claim.measure == POST


def is_one_post(a: Reading, b: Reading) -> bool:
    """Whether two claims tell one post of one holder, were it with another rank."""
    return is_post(a) and is_post(b) and _compare_posts(a, b) is not None


def compare_names(a: Reading, b: Reading) -> Likeness | None:
    """How what the two claims name stands to each other; None where no name is told to compare."""
    if is_post(a) or is_post(b):
        return _compare_posts(a, b) if is_post(a) and is_post(b) else None
    first = name_key(a.claim.canonical or a.claim.value_text)
    second = name_key(b.claim.canonical or b.claim.value_text)
    if not first or not second or _tenure(a) != _tenure(b):
        return None
    if first == second:
        return "same"
    written = name_key(a.claim.value_text), name_key(b.claim.value_text)
    if _is_part(first, second) or _one_person(first, second) or _is_part(*written):
        return "part"
    if _spelt_otherwise(first, second):
        return "spelling"
    if first in _larger_places(b) or second in _larger_places(a):
        return "part"
    return "other"


def _tenure(reading: Reading) -> frozenset[str]:
    """Words that tell one holder of an office from another: former, acting, deputy."""
    claim = reading.claim
    start = claim.clean_start - claim.sentence_start
    before = claim.sentence[max(0, start - _BEFORE) : start]
    before = re.split(r"[,;:()—–]", before)[-1]
    return frozenset(word.casefold() for word in _TENURE.findall(before))


def _is_part(first: Key, second: Key) -> bool:
    """Whether all words of one name are among the other's."""
    return set(first) <= set(second) or set(second) <= set(first)


def _one_person(first: Key, second: Key) -> bool:
    """Whether two names are one but for a short first name: Chuck and Charles E. Schumer."""
    if len(first) < 2 or len(second) < 2 or first[-1] != second[-1]:
        return False
    return one_first_name(first[0], second[0])


# Of two spellings of one name at least this share of the letters is common and in order: .83 of
# Sergei and Sergey, .80 of Stevens and Stephens, .44 of Adam and Allan.
_SPELT_ALIKE = 0.75


def spelt_alike(one: str, other: str) -> bool:
    """Whether two words may be one name in two spellings."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SPELT_ALIKE


def _spelt_otherwise(first: Key, second: Key) -> bool:
    """Whether two names have the same last word and a first name in two spellings."""
    if len(first) < 2 or len(second) < 2 or first[-1] != second[-1]:
        return False
    return spelt_alike(first[0], second[0])


def _larger_places(reading: Reading) -> tuple[Key, ...]:
    """What a place is said to lie in: of "Greenville, N.C." North Carolina."""
    claim = reading.claim
    if claim.kind != "place" or "," not in claim.value_text or not claim.parties:
        return ()
    return (name_key(claim.parties[0]),)


def _compare_posts(a: Reading, b: Reading) -> Likeness | None:
    """Two posts of one holder; None where they may be two of several that somebody has."""
    if a.actor is None or a.actor != b.actor or a.head != b.head:
        return None
    one, two = _post_words(a), _post_words(b)
    names = _named(a) | _named(b)
    first, second = one - names - _WHEN, two - names - _WHEN
    one_moment = bool(one & _OVER) == bool(two & _OVER)
    if first & _RANKS != second & _RANKS:
        return "other" if first - _RANKS == second - _RANKS and one_moment else None
    if first == second and one_moment:
        return "same"
    return "part" if first <= second or second <= first else None


def _post_words(reading: Reading) -> frozenset[str]:
    """The words of a post; "the agency's" only points to a name."""
    plain = (reading.claim.canonical or "").replace("-", " ")
    kept = (w for w in folded_words(plain) if not w.endswith(("'s", "’s")))
    return frozenset(w for w in kept if w not in _LITTLE)


def _named(reading: Reading) -> frozenset[str]:
    """Words of the names in a post: "Apple's vice president" is the vice president at Apple."""
    return frozenset(word for party in reading.claim.parties for word in folded_words(party))
