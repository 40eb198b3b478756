"""Counts of people by what befell them: "31 dead", "12 were injured", "killing 40", "one man died".

Belongs here: numbers of people told by a fate instead of a noun, and the single victim, whom other
counts leave out as trivial. Does not belong here: counts with their noun (`counts`), tolls told
before their number ("the death toll rose to 31", `figures`).
"""

import re

from summit_pipeline.lexicons import load_toml
from summit_pipeline.text.numbers import Number

_LEXICON = load_toml("count_words.toml")
_FATES = "|".join(_LEXICON["casualties"])
_ONE_PERSON = "|".join(_LEXICON["one_person"])
_VERBS = "|".join(_LEXICON["fate_verbs"])

_FATE = re.compile(
    rf"\s(?:people\s|others\s|more\s)?(?:{_FATES})\b(?!\s(?:person|people|link|piece))"
)
_FATE_OF_ONE = re.compile(
    rf"\s(?:{_FATES})(?=\s(?:in|after|as|at|and|on|when|by|following)\b|[.,;:]|$)"
)
_SUFFERED = re.compile(
    r"\s(?:others\s|more\s)?(?:(?:were|was|have\sbeen|had\sbeen|are|being|is|has\sbeen)\s(?:\w+\s){0,2}"
    rf"(?:{_FATES})|(?:have\s|has\s|had\s)?(?:{_VERBS}))\b"
)
_ONE = re.compile(rf"\s(?:other\s|more\s|[a-z]+-year-old\s)?(?:[a-z]+\s)?(?:{_ONE_PERSON})\b")
_DONE_TO = re.compile(
    r"\b(?:kill|injur|wound|employ|displac|arrest|evacuat|detain|hospitali[sz]|rescu|infect)"
    r"(?:s|ed|ing|es|e)?\s"
    r"(?:at\sleast\s|more\sthan\s|about\s|some\s|nearly\s|almost\s|up\sto\s|another\s|over\s|around\s){0,2}$"
)
_NONE_OF = re.compile(r"\bno\s(?:\w+\s(?:under|over|aged)\s)?$", re.IGNORECASE)
_DONE_REACH = 48


def casualties_end(text: str, start: int, end: int, number: Number) -> int | None:
    """Where the count of people that begins with `number` ends; None if it is none.

    Args:
        text: the clean text.
        start: where the count begins.
        end: where reading stops.
        number: its number; vague ones count too ("dozens wounded").
    """
    if _NONE_OF.search(text, max(0, start - 24), start):
        return None  # "no one was hurt", "no child under 15 has died"
    if number.value == 1:
        return _one_end(text, start, end, number)
    fate = _FATE.match(text, number.end, end)
    if fate:
        return fate.end()
    return number.end if _SUFFERED.match(text, number.end, end) else None


def _one_end(text: str, start: int, end: int, number: Number) -> int | None:
    """The single victim: "one dead", "one person was killed", "killing one man"."""
    fate = _FATE_OF_ONE.match(text, number.end, end)
    if fate:
        return fate.end()
    person = _ONE.match(text, number.end, end)
    stop = person.end() if person else number.end
    if _SUFFERED.match(text, stop, end) or (person and happens_to(text, start)):
        return stop
    return None


def happens_to(text: str, start: int) -> bool:
    """Whether a verb of what befalls people governs what begins at `start`: "killing at least"."""
    return _DONE_TO.search(text, max(0, start - _DONE_REACH), start) is not None
