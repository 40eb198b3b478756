"""Figures whose noun stands elsewhere: "claims were 1,314,000", "the toll rose to 31", "had 14".

Belongs here: numbers without a noun after them that still count something: figures of four digits
and more, tolls and totals, points of a player, differences ("eight fewer"). What they count is told
by the frame (`framing`); their unit is None. Does not belong here: counts with their noun
(`counts`), years and other numbers in dates.
"""

import re

from summit_pipeline.extract.amounts.amounts import (
    JOIN,
    Amount,
    is_change,
    joins_range,
    quantities_of,
)
from summit_pipeline.extract.amounts.quantity import Quantity
from summit_pipeline.lexicons import load_toml
from summit_pipeline.text.numbers import Number, number_at

_LEXICON = load_toml("count_words.toml")
_TOTALS = "|".join(_LEXICON["totals"])
_HEDGES = (
    r"(?:(?:about|around|roughly|nearly|almost|some|over|under|just|only|at\sleast|more\sthan|less\sthan|up"
    r"\sto|as\smany\sas|an?\sestimated|approximately|close\sto|an?|the|a\stotal\sof|a\srecord|an?\s(?:modest|mere|whopping|meagre|meager|paltry|staggering"
    r"|further|combined|net|robust|solid|stunning|healthy))\s){0,2}"
)
# What ends the words of a figure that no noun follows.
_NO_NOUN = re.compile(
    r"(?=[.,;:)!?—–”\"]|\s?$|\s[(—–-]|\s(?:in|on|at|by|from|to|for|after|as|and|but|since|during|over|this|last|"
    r"than|while|with|when|per|so|of\sthem|that|which|who|were|was|have|had|are|the|a|between|through|before|if|among|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|now|ago|daily|weekly|worldwide|"
    r"nationwide|overall|nationally|globally|altogether|statewide|points?|marks?)\b)"
)
_LEVEL = re.compile(
    rf"(?:\b(?:to|at|of|by|from|was|were|is|are|be|been|stands?|stood|hit|reach(?:ed|es|ing)?|numbers?|numbered|"
    rf"totall?(?:s|ed|ing)|exceed(?:s|ed|ing)?|topp?(?:s|ed|ing)|pass(?:es|ed|ing)|surpass(?:es|ed|ing)|"
    rf"f[ae]ll(?:s|en|ing)?|dropp?(?:s|ed|ing)|ris(?:es|en|ing)|rose|gr[eo]w(?:s|n|ing)?|increas(?:es|ed|ing)|"
    rf"declin(?:es|ed|ing)|jump(?:s|ed|ing)|climb(?:s|ed|ing)|shed(?:s|ding)?|add(?:s|ed|ing)|than|"
    rf"averag(?:es|ed|ing)|estimated|put|up|down)|[(:]|=)\s?{_HEDGES}$",
    re.IGNORECASE,
)
_TOTAL_BEFORE = re.compile(rf"\b(?:{_TOTALS})\b[^.;]*$", re.IGNORECASE)
_SCORED = re.compile(
    rf"\b(?:scor(?:es|ed|ing)|had|has|with|add(?:s|ed|ing)|got|gets|netted|averaged|notched|posted)\s{_HEDGES}$",
    re.IGNORECASE,
)
_GAME = re.compile(
    r"\b(?:points?|goals?|rebounds?|assists?|runs?|touchdowns?|career|season|game|half|quarter)\b"
)
_DIFFERENCE = re.compile(r"\s(?:fewer|more)(?=\sthan\b|[.,;]|$)")
_GOES_ON = re.compile(r"[/:%\w]|[-–]\w|\.\d")
_YEARS = range(1800, 2101)
_LEVEL_REACH, _TOTAL_REACH, _SCORED_REACH, _GAME_REACH = 40, 110, 34, 160
_LARGE = 1000


def read_figure(text: str, start: int, end: int, first: Number | None) -> list[Quantity]:
    """The figure that begins at `start`, where words before it tell that it counts something."""
    if first is None or first.value is None or first.value < 0:
        return []
    difference = _DIFFERENCE.match(text, first.end, end)
    if difference is not None and first.value >= 2:
        return _of(text, start, difference.end(), first, "count_difference")
    if _is_year(text, first) or _GOES_ON.match(text, first.end, end):
        return []
    rule = _rule(text, start, end, first)
    if rule is None:
        return []
    change = _change(text, start, end, first)
    if change is not None:
        return quantities_of(text, change, "count", rule, exact=True)
    if not _NO_NOUN.match(text, first.end, end):
        return []
    return _of(text, start, first.end, first, rule)


def _of(text: str, start: int, stop: int, number: Number, rule: str) -> list[Quantity]:
    return quantities_of(
        text, Amount(start, stop, number, None, None, 1.0), "count", rule, exact=True
    )


def _is_year(text: str, number: Number) -> bool:
    written = text[number.start : number.end]
    return written.isdigit() and int(written) in _YEARS


def _rule(text: str, start: int, end: int, number: Number) -> str | None:
    """The rule by which the number counts something, from the words before it."""
    before = text[max(0, start - _LEVEL_REACH) : start]
    level = _LEVEL.search(before)
    grouped = number.value is not None and number.value >= _LARGE
    if level and grouped and ("," in text[number.start : number.end] or number.scaled):
        return "count_figure"
    small = number.value is not None and number.value < 2
    if level and not small and _TOTAL_BEFORE.search(text, max(0, start - _TOTAL_REACH), start):
        return "count_total"
    digits = not number.in_words and number.value is not None and number.value >= 2
    if digits and _SCORED.search(text, max(0, start - _SCORED_REACH), start):
        window = text[max(0, start - _GAME_REACH) : min(end, number.end + _GAME_REACH)]
        return "count_scored" if _GAME.search(window) else None
    return None


def _change(text: str, start: int, end: int, first: Number) -> Amount | None:
    """Two figures that tell a change or a range: "from 1,427,000 to 1,413,000"."""
    join = JOIN.match(text, first.end, end)
    if join is None or not joins_range(text, start, join):
        return None
    second = number_at(text, join.end(), end)
    if second is None or second.value is None or not _NO_NOUN.match(text, second.end, end):
        return None
    if second.in_words != first.in_words and not second.scaled:
        return None
    by = text[max(0, start - 3) : start].lower() == "by "  # "rose by 2,000 to 9,000"
    change = by or is_change(text, start, join) or second.value <= (first.value or 0)
    return Amount(start, second.end, first, second, None, 1.0, change, first.end)
