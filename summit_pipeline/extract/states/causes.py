"""What somebody is charged with, treated for or died of: "pleaded guilty to fraud".

Belongs here: offences, illnesses and causes told with a verb and its preposition. Does not belong
here: that somebody was charged (`status_readings`).
"""

from typing import NamedTuple

from summit_pipeline.extract.framing.phrases import phrase_from, with_complements
from summit_pipeline.extract.framing.tagging import ADV, AUX, MARK, VERB, View
from summit_pipeline.extract.states.role_lexicon import RoleWords

# How far behind its verb the preposition may stand ("charged John Doe of Elm Street with").
_REACH = 6


class Cause(NamedTuple):
    """Tokens of what somebody is charged with or ill of, the role, and the verb's token."""

    first: int
    last: int
    role: str
    verb: int


def causes_in(view: View, words: RoleWords) -> list[Cause]:
    """The offences, illnesses and causes that a sentence tells, in order."""
    found = []
    for at, token in enumerate(view.tokens):
        known = words.causes.get(token.lemma or token.lower)
        if known is None or (token.tag not in (VERB, AUX) and token.lower not in words.causes):
            continue
        role, prepositions = known
        start = _after_preposition(view, at, prepositions)
        cause = _cause(view, start, role, at, words) if start is not None else None
        if cause is not None:
            found.append(cause)
    return found


def _after_preposition(view: View, at: int, prepositions: frozenset[str]) -> int | None:
    tokens = view.tokens
    for index in range(at + 1, min(len(tokens) - 1, at + 1 + _REACH)):
        if tokens[index].lower in prepositions:
            return index + 1
        if tokens[index].tag in (MARK, VERB):
            return None
    return None


def _cause(view: View, start: int, role: str, verb: int, words: RoleWords) -> Cause | None:
    """What begins at token `start`, "charges of" and "two counts of" left out."""
    tokens = view.tokens
    for _ in range(3):
        phrase = phrase_from(view, start) if start < len(tokens) else None
        if phrase is None or tokens[phrase.head].lower not in words.light:
            break
        after = phrase.last + 1
        modified = phrase.head > start + 1  # "one felony fraud count" tells it, "a charge" doesn't
        goes_on = ("of",) if modified else ("of", "in")
        if after + 1 >= len(tokens) or tokens[after].lower not in goes_on:
            return Cause(start, phrase.last, role, verb) if modified else None
        start = after + 1
    if start >= len(tokens):
        return None
    act = start
    while act < len(tokens) and tokens[act].tag == ADV:
        act += 1
    if act < len(tokens) and tokens[act].tag == VERB and tokens[act].lower.endswith("ing"):
        behind = phrase_from(view, act + 1) if act + 1 < len(tokens) else None
        return Cause(start, behind.last if behind is not None else act, role, verb)
    phrase = phrase_from(view, start)
    if phrase is None:
        return None
    if role == "charge":
        return Cause(start, with_complements(view, phrase), role, verb)
    return Cause(start, phrase.last, role, verb)
