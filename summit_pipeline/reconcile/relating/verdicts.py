"""What the rules on relations have in common: the verdict and what is known around two claims.

Belongs here: these two types, the sorts of relations, and order in time, which several kinds need.
Does not belong here: any rule (`relations`, `relations_*`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.vocabulary import Relation

JOINING: tuple[Relation, ...] = ("agree", "rounding", "less_specific")
"""Relations of claims that may state one value, the closest first; all others differ."""

ACCUSING = frozenset[Relation](("contradiction", "attributed_dispute", "correction"))
"""Relations that say of a text or a person that they are wrong, or were."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How two claims stand to each other, by which rule, and in words.

    `later` is the claim (id) that replaces the other one, for updates and corrections.
    """

    relation: Relation
    rule: str
    reason: str
    later: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What the slot and the story tell beyond the two claims.

    `changing`: the slot's value can change in time, `direction` 1 (only upwards), -1 or 0 (any);
    `varied_keys`: scope keys under which the slot has more than one value stated;
    `repeated_later`: whether somebody states the claim's value after a given day.
    """

    changing: bool = False
    direction: int = 0
    varied_keys: frozenset[str] = frozenset()
    repeated_later: Callable[[Reading, date], bool] = field(default=lambda _r, _d: False)


# "the company's proposed $14.1 billion acquisition": a determiner or possessor, at most three
# words, the value, a noun.
_DEFINITE = re.compile(
    r"(?:\b(?:the|its|his|her|their|this|that|these|those)|['’]s?)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_NOUN_NEXT = re.compile(r"[\s-]+[a-z]{3,}", re.IGNORECASE)


def asserting(reading: Reading) -> str | None:
    """Who asserts the value; None is the outlet.

    A value inside a definite or possessive noun phrase outside quotation marks is the reporter's,
    whoever the sentence quotes.
    """
    claim = reading.claim
    if reading.speaker is None or claim.in_quotation:
        return reading.speaker
    start = claim.clean_start - claim.sentence_start
    after = claim.sentence[start + claim.clean_end - claim.clean_start :]
    before = claim.sentence[max(0, start - 80) : start]
    is_definite = _DEFINITE.search(before) is not None and _NOUN_NEXT.match(after) is not None
    return None if is_definite else reading.speaker


def different_speakers(a: Reading, b: Reading) -> bool:
    """Whether two named, different speakers assert the two values.

    A description ("the jobless rate", read as one who says something) is nobody's name.
    """
    first, second = asserting(a), asserting(b)
    named = a.speaker_is_named and b.speaker_is_named
    return named and first is not None and second is not None and first != second


def order(a: Reading, b: Reading) -> tuple[Reading, Reading, str] | None:
    """The two claims in order of the moment they hold for, with the words or days that tell it.

    None if no order is known. Days stated in the texts count before days of publication.
    """
    if a.as_of is None or b.as_of is None or a.as_of == b.as_of:
        return None
    earlier, later = (a, b) if a.as_of < b.as_of else (b, a)
    basis = f"{earlier.as_of} ({earlier.as_of_basis}) is before {later.as_of} ({later.as_of_basis})"
    return earlier, later, basis
