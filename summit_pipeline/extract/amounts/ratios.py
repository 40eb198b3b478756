"""Two numbers that are said together: scores ("3-1"), votes ("220-210"), shares ("one in five").

Belongs here: these pairs, and rates of counts ("10 per 100,000"). Does not belong here: ranges.

A pair's value is its larger number plus a thousandth of the smaller ("3-1" and "1-3" are 3.001), so
that pairs are equal exactly if both numbers are, whichever side is named first.
"""

import re

from summit_pipeline.extract.amounts.amounts import (
    JOIN,
    Amount,
    is_change,
    joins_range,
    quantities_of,
)
from summit_pipeline.extract.amounts.counted_nouns import plural_after
from summit_pipeline.extract.amounts.quantity import Quantity, rule_confidence
from summit_pipeline.text.numbers import Number, number_at

_PAIR = re.compile(
    r"(?P<a>\d{1,3})(?:[-–—]|-to-|(?P<apart>\sto\s))(?P<b>\d{1,3})(?![\d%:/-]|\.\d|[\s-]?(?:year|month|day|week|hour|minute|mile|per|million|billion|trillion|bn|km|m\b))"
)
# "134 to 63" is a result only right after such words, or in commas of its own after one of them;
# else it is a range or a change.
_RESULT_BEFORE = re.compile(
    r"\b(?:by|vot(?:e|ed|ing)|tally|margin|score|majority|lopsided|victory|win|w[io]n|beat|passed|ruled)"
    r"(?:\s(?:of|by|was|is|a))*,?\s$",
    re.IGNORECASE,
)
# A pair of numbers of two digits that falls is no range ("91-73").
_FEWEST_FALLING = 10
_GAME = re.compile(
    r"\b(?:beat(?:en|ing)?|w[io]n(?:s|ning)?|victor\w+|los[est]\w*|lost|loss|draw\w*|drew|defeat\w*|goals?|match\w*|games?|sets?"
    r"|innings?|score[ds]?|scoring|lead(?:s|ing)?|trail\w*|tie[ds]?|final|league|cup|playoffs?|semi-?finals?|quarter-?finals?|halftime|half-time|series|tournament|season|team"
    r"|record|mark|rout(?:ed)?|coach(?:ed)?|quarter|points|streak|conference)\b",
    re.IGNORECASE,
)
_VOTE = re.compile(
    r"\b(?:vot\w+|ruling|ruled|decision|majority|pass(?:ed|es)|senate|house|court|justices?|council|committee|tally|split|ballots?|margin)\b",
    re.IGNORECASE,
)
_IN = re.compile(r"\s(?:in(?:\severy)?|out\sof(?:\severy)?)\s", re.IGNORECASE)
_PER = re.compile(r"\s(?P<noun>[a-z]+\s)?(?:per|for\severy)\s(?=\d)")
_NOT_A_SHARE = re.compile(
    r"\s(?:years?|months?|days?|weeks?|hours?|minutes?|games?|matches|January|\d)\b|\d{2}(?:19|20)"
)


def read_pair(text: str, start: int, end: int, first: Number | None) -> list[Quantity]:
    """The score or vote that begins at `start`, in a sentence that speaks of games or votes."""
    match = _PAIR.match(text, start, end)
    if match is None:
        return []
    if match["apart"] and not _RESULT_BEFORE.search(text, max(0, start - 30), start):
        return []
    window = text[max(0, start - 120) : min(end, match.end() + 80)]
    falling = int(match["a"]) > int(match["b"]) >= _FEWEST_FALLING
    if _VOTE.search(window):
        rule = "score_vote"
    elif _GAME.search(window):
        rule = "score_game"
    elif falling:
        rule = "score_falling"
    else:
        return []
    larger, smaller = sorted((int(match["a"]), int(match["b"])), reverse=True)
    value = larger + smaller / 1000
    return [
        Quantity(
            start,
            match.end(),
            "score",
            value,
            "score",
            value,
            value,
            None,
            rule,
            rule_confidence(rule),
        )
    ]


# "Two-thirds of the Senate", "a third of voters", "a three-quarters majority". A half is left out:
# it is said of anything, and agrees with any other half.
_TOPS = {
    w: i for i, w in enumerate(("one", "two", "three", "four", "five", "six", "seven"), start=1)
} | {"a": 1, "an": 1}
_BOTTOMS = {
    "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8,
    "tenth": 10,
}  # fmt: skip
_FRACTION = re.compile(
    rf"(?:(?P<top>{'|'.join(_TOPS)})[\s-](?P<bottom>{'|'.join(_BOTTOMS)})(?P<plural>s)?)"
    r"(?:(?=\s(?:majority|vote|support|share|stake)\b)|(?=\sof\s(?:the\s(?!way\b|time\b)|all\s(?!time\b)"
    r"|its\b|those\b|these\b|them\b|their\b|his\b|her\b|our\b|(?-i:[A-Z])|people\b|[a-z]+s\b)))",
    re.IGNORECASE,
)
# How far a share told by a fraction reaches to each side, in percent: who writes "a third" may mean
# 32 or 35 (a choice: half the way to the next simple fraction would be 4).
_FRACTION_REACH = 2.0


def read_share(text: str, start: int, end: int, first: Number | None) -> list[Quantity]:
    """“One in five” as 20 %, "two-thirds of", "10 per 100,000" as a rate of what is counted."""
    fraction = _FRACTION.match(text, start, end)
    if fraction:
        return _read_fraction(text, fraction)
    if first is None or first.value is None or first.scaled:
        return []
    of = _IN.match(text, first.end, end)
    if of:
        whole = number_at(text, of.end(), end)
        if (
            whole is None
            or not whole.value
            or not 1 < whole.value <= 1000
            or whole.value <= first.value
        ):
            return []
        if (whole.scaled and whole.value != 1000) or (
            of[0].strip() == "in" and not (first.in_words or first.value <= 10)
        ):
            return []
        if _NOT_A_SHARE.match(text, whole.end, end):
            return []
        value = round(100 * first.value / whole.value, 6)
        rule = "percent_share"
        half = 50 / whole.value  # "3 in 10" is said of 29 percent too
        return [
            Quantity(
                start,
                whole.end,
                "percent",
                value,
                "percent",
                round(value - half, 6),
                round(value + half, 6),
                None,
                rule,
                rule_confidence(rule),
            )
        ]
    return _rates_changed(text, start, end, first) or _read_rate(text, first, end)


def _read_fraction(text: str, match: re.Match[str]) -> list[Quantity]:
    top, bottom = _TOPS[match["top"].lower()], _BOTTOMS[match["bottom"].lower()]
    if top >= bottom or (top > 1) != bool(match["plural"]):
        return []
    value = round(100 * top / bottom, 6)
    low, high = value - _FRACTION_REACH, value + _FRACTION_REACH
    number = Number(match.start(), match.end(), value, low, high, 2 * _FRACTION_REACH, False, True)
    amount = Amount(match.start(), match.end(), number, None, "percent", 1.0)
    return quantities_of(text, amount, "percent", "percent_share_fraction")


def _read_rate(text: str, first: Number, end: int) -> list[Quantity]:
    per = _PER.match(text, first.end, end)
    base = number_at(text, per.end(), end) if per else None
    if per is None or base is None or not base.value:
        return []
    noun = plural_after(text, base.end, end)
    unit = f"{(per['noun'] or 'count').strip()}/{noun.lemma if noun else 'person'}"
    stop = noun.end if noun else base.end
    amount = Amount(first.start, stop, first, None, unit, 1 / base.value)
    return quantities_of(text, amount, "rate", "rate_count")


def _rates_changed(text: str, start: int, end: int, first: Number) -> list[Quantity]:
    """“From 6.7 to 32.5 deaths per 100,000”: two rates, or a range of one."""
    join = JOIN.match(text, first.end, end)
    second = number_at(text, join.end(), end) if join and joins_range(text, start, join) else None
    rate = _read_rate(text, second, end) if second is not None and join is not None else []
    if join is None or second is None or not rate or second.value is None:
        return []
    whole = rate[0]
    base = second.value / whole.value if whole.value else 1.0
    change = is_change(text, start, join)
    both = Amount(start, whole.end, first, second, whole.unit, 1 / base, change, first.end)
    return quantities_of(text, both, "rate", "rate_count")
