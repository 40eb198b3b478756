"""Stretches of time, in seconds: "three weeks", "four-year", "half an hour", "18 to 20 months".

Belongs here: durations as amounts. Does not belong here: dates, "two years ago" among them
(`dates`), or ages (`ages`).
"""

import re

from summit_pipeline.extract.amounts.amounts import (
    Amount,
    amount_at,
    quantities_of,
    with_smaller_unit,
)
from summit_pipeline.extract.amounts.approximators import hedge_of
from summit_pipeline.extract.amounts.quantity import (
    Quantity,
    hedged_interval,
    rule_confidence,
)
from summit_pipeline.lexicons import load_toml
from summit_pipeline.text.numbers import Number

_SECONDS: dict[str, float] = load_toml("units.toml")["duration"]
_UNITS = {w + s: ("s", float(f)) for w, f in _SECONDS.items() for s in ("", "s")}
_UNIT_WORDS = "|".join(sorted((w for w in _SECONDS if w != "quarter"), key=len, reverse=True))
# Words that may stand between the number and its unit: "two consecutive quarters", "five trading
# days", "58 straight days".
_BETWEEN = (
    r"(?:(?:consecutive|straight|successive|full|long|short|whole|trading|working|business|calendar"
    r"|extra|additional|more|further|solid|mere)[\s-])?"
)
_SUFFIX = re.compile(
    rf"(?:\sof)?[\s-]?{_BETWEEN}(?P<unit>(?:{_UNIT_WORDS})s?|(?<!-)quarters(?!\sof\b))\b(?![-\s]olds?\b)"
    r"(?!\s(?:ago|of\sage\b|old\b))",
    re.IGNORECASE,
)
_HALF = re.compile(
    rf"(?P<part>half|quarter)(?:\sof)?[\s-]an?[\s-](?P<unit>{_UNIT_WORDS})\b"
    rf"|(?P<article>an?|one)\s(?P<unit2>{_UNIT_WORDS})\sand\sa\shalf\b",
    re.IGNORECASE,
)
# "A year" alone is mostly a rate ("twice a year"); after these words it is a length.
_ARTICLE = re.compile(
    rf"(?P<article>an?)\s(?:full\s|whole\s)?(?P<unit>{_UNIT_WORDS})\b", re.IGNORECASE
)
_LENGTH_BEFORE = re.compile(
    r"\b(?:for|within|in|over|under|after|than|nearly|almost|about|least|lasted|lasting|took|takes|take|spent|spend"
    r"|last|of|half|during|every|just|serve[ds]?|serving|around)(?:\sthan)?\s$",
    re.IGNORECASE,
)
_RATE_BEFORE = re.compile(
    r"(?:\d|%|times|once|twice|dollars|hours?|days?|percent|cent)\s$", re.IGNORECASE
)
_NOT_AFTER_ARTICLE = re.compile(
    r"\s(?:ago|earlier|before|later|old|when|that|in\swhich|from\snow|like|for\sthe|of\s(?!age))",
    re.IGNORECASE,
)


# "The past decade", said without a number; "last year" is a date instead.
_PAST = re.compile(
    r"(?:past|(?:coming|following|next)(?=\s(?:decade|century|fortnight)))\s"
    r"(?P<unit>day|week|month|year|decade|century|fortnight)\b(?!\s(?:month|year)s?\b)",
    re.IGNORECASE,
)
# "An hour before her colleagues met": a length, told from something else.
_OFFSET = re.compile(
    rf"an?\s(?P<unit>{_UNIT_WORDS})\s(?:before|after|earlier|later)\b", re.IGNORECASE
)


_NOT_LIVING = (
    r"(?!\s(?:[a-z]+\s)?(?:bab(?:y|ies)|infants?|boys?|girls?|sons?|daughters?|child|children|twins?"
    r"|pupp(?:y|ies)|kittens?|calf|calves|cubs?)\b)"
)
# "A monthslong inquiry", "the hour-long speech", "a decade-old feud": the length in one word. A
# plural begins at two and reaches up to two of the unit named here, since who can count the larger
# unit does (a choice).
_LONG = re.compile(
    r"(?P<unit>hour|day|week|month|year|decade|century)(?P<plural>s)?-?"
    rf"(?:long|(?<=-)old{_NOT_LIVING})\b",
    re.IGNORECASE,
)
_LARGER = {"hour": "day", "day": "week", "week": "month", "month": "year"}
# "A three-week-old strike", "the three-decades-old record"; of living things it is an age.
_OLD_THING = re.compile(
    rf"-(?P<unit>hour|day|week|month|decade)s?-old\b{_NOT_LIVING}", re.IGNORECASE
)
# "With 7:41 left in the first half": what a clock still shows, in minutes and seconds.
_CLOCK_LEFT = re.compile(
    r"(?P<minutes>\d{1,2}):(?P<seconds>[0-5]\d)(?=\s(?:left|remaining|to\s(?:go|play))\b)"
)
# A vague plural before these is no length worth a claim: "a few days later", "several hours a day".
_NOT_AFTER_VAGUE = re.compile(
    r"\s(?:later|earlier|before|after|prior|into|ago|from\snow|an?\s(?:day|week|month|year))\b"
)


def read_duration(text: str, start: int, end: int, first: Number | None) -> list[Quantity]:
    """The duration that begins at `start`; integers of days and longer are exact."""
    long = _LONG.match(text, start, end)
    if long:
        return _read_long(long)
    clock = _CLOCK_LEFT.match(text, start, end)
    if clock:
        return _read_clock(text, clock)
    half = _HALF.match(text, start, end)
    if half:
        unit = (half["unit"] or half["unit2"]).lower()
        value = 1.5 if half["article"] else 0.25 if half["part"].lower() == "quarter" else 0.5
        return _plain(text, half, value, unit)
    past = _PAST.match(text, start, end) or _OFFSET.match(text, start, end)
    if past:
        return _one_unit(text, start, past)
    article = _ARTICLE.match(text, start, end)
    if article:
        return _read_article(text, article, end)
    amount = amount_at(text, first, end, _SUFFIX, _UNITS) or _of_old_thing(text, first, end)
    if (
        amount is None
        or amount.first.value == 0
        or (amount.first.scaled and amount.first.step > 1e6)
    ):
        return []
    if _is_clock_or_calendar(text, amount):
        return []
    if amount.first.value is None and _NOT_AFTER_VAGUE.match(text, amount.end, end):
        return []
    amount = with_smaller_unit(text, amount, end, _SUFFIX, _UNITS)
    return quantities_of(text, amount, "duration", "duration", exact=amount.factor >= 86400)


def _is_clock_or_calendar(text: str, amount: Amount) -> bool:
    """Whether the number is an ordinal part of a date: "the 1990 year", "2019 seconds"."""
    value = amount.first.value
    return (
        value is not None
        and 1900 <= value <= 2100
        and amount.first.is_bare_integer
        and "," not in text[amount.first.start : amount.first.end]
        and not amount.first.in_words
    )


def _read_long(match: re.Match[str]) -> list[Quantity]:
    """A length told in one word; of a plural only the bounds are known."""
    unit = match["unit"].lower()
    rule, one = "duration_long", _SECONDS[unit]
    sure = rule_confidence(rule)
    if not match["plural"]:
        hedge = hedge_of(match.string, match.start(), match.end(), "duration")
        low, high = hedged_interval(hedge, one / 2, one * 1.5, one)
        return [
            Quantity(match.start(), match.end(), "duration", one, "s", low, high, hedge, rule, sure)
        ]
    most = 2 * _SECONDS[_LARGER[unit]] if unit in _LARGER else None
    rule += "_vague"
    return [
        Quantity(
            match.start(), match.end(), "duration", None, "s", 2 * one, most, "vague", rule, sure
        )
    ]


def _read_clock(text: str, match: re.Match[str]) -> list[Quantity]:
    value = 60.0 * int(match["minutes"]) + int(match["seconds"])
    number = Number(match.start(), match.end(), value, value, value, 1.0, False, False)
    amount = Amount(match.start(), match.end(), number, None, "s", 1.0)
    return quantities_of(text, amount, "duration", "duration_clock", exact=True)


def _of_old_thing(text: str, first: Number | None, end: int) -> Amount | None:
    old = _OLD_THING.match(text, first.end, end) if first is not None else None
    if first is None or old is None:
        return None
    unit = old["unit"].lower()
    return Amount(first.start, old.end(), first, None, "s", _SECONDS[unit])


def _plain(text: str, match: re.Match[str], value: float, unit: str) -> list[Quantity]:
    number = Number(match.start(), match.end(), value, value - 0.05, value + 0.05, 0.1, False, True)
    amount = Amount(match.start(), match.end(), number, None, "s", _SECONDS[unit])
    return quantities_of(text, amount, "duration", "duration_half")


def _read_article(text: str, match: re.Match[str], end: int) -> list[Quantity]:
    before = text[max(0, match.start() - 24) : match.start()]
    if not _LENGTH_BEFORE.search(before) or _RATE_BEFORE.search(before):
        return []
    unit = match["unit"].lower()
    if _NOT_AFTER_ARTICLE.match(text, match.end(), end) or unit in (
        "second",
        "minute",
        "sec",
        "min",
    ):
        return []
    return _one_unit(text, match.start(), match)


def _one_unit(text: str, start: int, match: re.Match[str]) -> list[Quantity]:
    """One unit of time, of a match that names it in its group "unit"."""
    stop = match.end("unit")
    number = Number(start, stop, 1.0, 1.0, 1.0, 1.0, False, True)
    amount = Amount(start, stop, number, None, "s", _SECONDS[match["unit"].lower()])
    return quantities_of(text, amount, "duration", "duration_article", exact=True)
