"""How often something happened: "three times", "twice"; exact, with the unit "time".

Belongs here: numbers of occasions. Does not belong here: multiples ("three times as large", "twice
the size") and ordinals ("for the second time", `ordinals`).
"""

import re

from summit_pipeline.extract.amounts.amounts import Amount, quantities_of
from summit_pipeline.extract.amounts.quantity import Quantity, rule_confidence
from summit_pipeline.text.numbers import Number

# What follows makes a multiple of it, or a way of speaking.
_MULTIPLE = (
    r"(?!\s(?:as|the|that|this|these|those|more|less|fewer|what|its|his|her|their|over|removed|[a-z]+(?:er|ier))\b"
    r"|\s?[-x×]|\swinner|\schampion)"
)
_TIMES = re.compile(rf"\s(?:(?:different|separate|consecutive|straight)\s)?times\b{_MULTIPLE}")
_TWICE = re.compile(rf"twice\b{_MULTIPLE}", re.IGNORECASE)
_RULE = "count_times"


def read_occasions(text: str, start: int, end: int, first: Number | None) -> list[Quantity]:
    """The number of occasions that begins at `start`."""
    twice = _TWICE.match(text, start, end)
    if twice is not None:
        sure = rule_confidence(_RULE)
        return [Quantity(start, twice.end(), "count", 2.0, "time", 2.0, 2.0, None, _RULE, sure)]
    times = _TIMES.match(text, first.end, end) if first is not None else None
    if first is None or times is None or first.is_few:
        return []
    amount = Amount(start, times.end(), first, None, "time", 1.0)
    return quantities_of(text, amount, "count", _RULE, exact=True)
