"""Ages of people in years: "aged 45", "45-year-old", "Smith, 45,", "in her 70s", "he was 45".

Belongs here: ages of people, life expectancies and mean ages among them. Does not belong here:
other stretches of time (`durations`).
"""

import re

from summit_pipeline.extract.amounts.amounts import Amount, quantities_of
from summit_pipeline.extract.amounts.quantity import Quantity, rule_confidence
from summit_pipeline.lexicons import load_toml
from summit_pipeline.text.numbers import Number, number_at

_PERSONS = [
    *load_toml("count_words.toml")["one_person"],
    *load_toml("titles.toml")["roles"]["nouns"],
]

_AFTER = re.compile(
    r"(?:\s|-)?(?:years?)[\s-](?:old(?:s|er)?\b|of\sage\b)|-year(?=[\s-](?:girl|boy|man|woman)\b)|(?P<months>(?:\s|-)months?[\s-]olds?\b)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:(?:aged|ages|age|age\sof|ages\sof|turned|turns|turning)\s(?:between\s)?"
    r"|(?:younger|older)\sthan\s|(?:children|kids|people|those|adults|anyone|men|women|students)\s"
    r"(?:under|over|above|below)\s|(?:aged|ages)\s(?:\d{1,3}(?:,\sand\s|,\s|\sand\s)){1,6})$",
    re.IGNORECASE,
)
# "He was 45.", "who is 12,", "At 54, she ..." say an age if no noun follows.
_COPULA_BEFORE = re.compile(
    r"(?:\b(?:he|she|who)(?:\s(?:is|was|will\sbe)|[’']s)\s(?:now\s|just\s|only\s|then\s|barely\s)?"
    r"|(?:^|[.;”\"]\s)(?:Now\s)?At\s)$",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"[,.;)](?:\s|$)|\s(?:when|at\sthe\stime|and\s(?:has|had|is|was|from|lives?))\b|$"
)
# "The mean age is 38.5", "life expectancy rose from 69.9 years in 1959 to 78.9 years".
_MEAN_BEFORE = re.compile(
    r"(?:\b(?:expect(?:ed)?|likely)\sto\slive\s(?:to\s)?|\b(?:life\sexpectancy|life\s?span|(?:average|median|mean)\sage)\b(?:[^.;]|\.(?=\d)){0,90}"
    r"\b(?:is|was|of|to|at|by|from|[a-z]+(?:’|')s)\s(?:\w+\s){0,1})$",
    re.IGNORECASE,
)
_YEARS_AFTER = re.compile(
    r"\syears?\b(?!\s(?:ago|later|earlier|after|before))|(?=\s?[,.;)]|\s(?:in|for|and|years?|to)\b|$)"
)
# "Anyone 21 or older", "people 65 and over": an age and its side.
_OR_OLDER = re.compile(
    r"\s(?:years?\s(?:of\sage\s)?)?(?:or|and)\s(?:(?P<up>older|over|above|up)|younger|under)\b"
    r"(?!\s\d)"
)
_PERSONS_BEFORE = re.compile(
    r"\b(?:who\s(?:is|are|was|were)|aged?|ages|those|anyone|everyone|someone|somebody|anybody|people|persons?"
    r"|adults?|men|women|children|kids|seniors|americans|residents|voters|citizens|patients|students|workers"
    r"|drivers|customers|users|age\sof)\s$",
    re.IGNORECASE,
)
_DECADE = re.compile(r"(?P<tens>[2-9])0s\b")
_IN_THE_DECADE = re.compile(
    r"\bin\s(?:his|her|their|our|my)\s(?:(?P<part>early|mid|late)(?:\s|-))?$", re.IGNORECASE
)
# Years of a decade that its parts span, by common use.
_PARTS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
_NAME_BEFORE = re.compile(
    r"(?:[A-Z][\w.’'-]*[a-z]\.?|\b(?:" + "|".join(_PERSONS) + r")),\s(?:now\s|then\s)?$"
)
_NOT_A_NAME = re.compile(
    r"\b(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|April|May|June|July|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|No|Nos|Chapter|Page|Vol|Section|Article|Highway|Route|Interstate|Channel|Room|Group|Stage|Game|Round"
    r"|Psalm|Act|Part|Type|Level),\s$"
)
_RANGE = re.compile(r"[-–]|\sto\s|(?P<and>\sand\s)")
_CLOSED = re.compile(r"(?:,|\sat\sthe\stime\b|\)|\.(?=\s|$)|\sand\b|;)")
# The oldest verified person reached 122 years; numbers above are no age.
_OLDEST = 122
_MEAN_REACH = 140
# Means of people's ages lie above this; lower numbers beside them are differences.
_LEAST_MEAN = 10


def read_age(text: str, start: int, end: int, first: Number | None) -> list[Quantity]:
    """The age that begins at `start`; exact unless hedged."""
    number = first
    if number is None or number.value is None or not 0 < number.value <= _OLDEST:
        return []
    after = _AFTER.match(text, number.end, end)
    before = text[max(0, start - 40) : start]
    if after:
        factor = 1 / 12 if after["months"] else 1.0
        amount = Amount(start, after.end(), number, None, "year", factor)
        return quantities_of(text, amount, "age", "age_old", exact=True)
    span = _RANGE.match(text, number.end, end)
    second = number_at(text, span.end(), end) if span else None
    if (
        span
        and span["and"]
        and not before.endswith(("between ", "between the ages of ", "ages of "))
    ):
        second = None
    if second and second.value and number.value < second.value <= _OLDEST:
        closing = _AFTER.match(text, second.end, end)
        if closing or _BEFORE.search(before):
            stop = closing.end() if closing else second.end
            both = Amount(start, stop, number, second, "year", 1.0)
            return quantities_of(text, both, "age", "age", exact=True)
    side = _OR_OLDER.match(text, number.end, end)
    if side and number.is_bare_integer and _PERSONS_BEFORE.search(before):
        return [_of_side(start, side, number.value)]
    decade = _DECADE.match(text, start, end)
    if decade is not None:
        return _of_decade(text, start, decade)
    mean = _MEAN_BEFORE.search(text, max(0, start - _MEAN_REACH), start)
    years = _YEARS_AFTER.match(text, number.end, end) if mean else None
    if years is not None and number.value >= _LEAST_MEAN:
        amount = Amount(start, years.end(), number, None, "year", 1.0)
        return quantities_of(text, amount, "age", "age_mean")
    return _read_alone(text, start, end, number, before) if number.is_bare_integer else []


def _read_alone(text: str, start: int, end: int, number: Number, before: str) -> list[Quantity]:
    """The age that only the words around a bare number tell."""
    amount = Amount(start, number.end, number, None, "year", 1.0)
    if _COPULA_BEFORE.search(before) and _ALONE.match(text, number.end, end):
        return quantities_of(text, amount, "age", "age_copula", exact=True)
    if _BEFORE.search(before) and not re.match(
        r"\s?(?:%|per|[-–]\d)", text[number.end : number.end + 6]
    ):
        return quantities_of(text, amount, "age", "age_word", exact=True)
    if (
        not number.in_words
        and (number.value or 0) >= 5
        and _NAME_BEFORE.search(before)
        and not _NOT_A_NAME.search(before)
        and _CLOSED.match(text, number.end, end)
    ):
        return quantities_of(text, amount, "age", "age_apposition", exact=True)
    return []


def _of_side(start: int, side: re.Match[str], years: float) -> Quantity:
    """“21 or older”: an age that is the least or the highest."""
    low, high = (years, None) if side["up"] else (None, years)
    hedge = "at_least" if side["up"] else "up_to"
    rule = "age_side"
    sure = rule_confidence(rule)
    return Quantity(start, side.end(), "age", years, "year", low, high, hedge, rule, sure)


def _of_decade(text: str, start: int, decade: re.Match[str]) -> list[Quantity]:
    """“In her 70s”: from 70 to 79, or a part of that."""
    lead = _IN_THE_DECADE.search(text, max(0, start - 24), start)
    if lead is None:
        return []
    first = 10.0 * int(decade["tens"])
    low, high = _PARTS[lead["part"].lower()] if lead["part"] else (0, 9)
    rule, sure = "age_decade", rule_confidence("age_decade")
    return [
        Quantity(
            start, decade.end(), "age", None, "year", first + low, first + high, None, rule, sure
        )
    ]
