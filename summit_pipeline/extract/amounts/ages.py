"""Ages of people in years: "aged 45", "45-year-old", "Smith, 45,", "at the age of 45".

Belongs here: ages. Does not belong here: other stretches of time (`durations`).
"""

import re

from summit_pipeline.extract.amounts.amounts import Amount, quantities_of
from summit_pipeline.extract.amounts.quantity import Quantity
from summit_pipeline.text.numbers import Number, number_at

_AFTER = re.compile(
    r"(?:\s|-)?(?:years?)[\s-](?:olds?\b|of\sage\b)|(?P<months>(?:\s|-)months?[\s-]olds?\b)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:aged|ages|age|age\sof|ages\sof|turned|turns|turning)\s(?:between\s)?$", re.IGNORECASE
)
_NAME_BEFORE = re.compile(r"[A-Z][\w.’'-]*[a-z]\.?,\s$")
_NOT_A_NAME = re.compile(
    r"\b(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|April|May|June|July|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|No|Nos|Chapter|Page|Vol|Section|Article|Highway|Route|Interstate|Channel|Room|Group|Stage|Game|Round"
    r"|Psalm|Act|Part|Type|Level),\s$"
)
_RANGE = re.compile(r"[-–]|\sto\s|(?P<and>\sand\s)")
_CLOSED = re.compile(r"(?:,|\)|\.(?=\s|$)|\sand\b|;)")
# The oldest verified person reached 122 years; numbers above are no age.
_OLDEST = 122


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
    if not number.is_bare_integer:
        return []
    amount = Amount(start, number.end, number, None, "year", 1.0)
    if _BEFORE.search(before) and not re.match(
        r"\s?(?:%|per|[-–]\d)", text[number.end : number.end + 6]
    ):
        return quantities_of(text, amount, "age", "age_word", exact=True)
    if (
        not number.in_words
        and number.value >= 5
        and _NAME_BEFORE.search(before)
        and not _NOT_A_NAME.search(before)
        and _CLOSED.match(text, number.end, end)
    ):
        return quantities_of(text, amount, "age", "age_apposition", exact=True)
    return []
