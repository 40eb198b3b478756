"""Numbers with a unit after them, alone or as a range: "5%", "5 to 10 per cent", "seven-10 years".

Belongs here: the forms that percentages, durations and measures share, and how two ends of a range
or of a change are told apart. Does not belong here: units and their words.
"""

import re
from dataclasses import dataclass, replace

from summit_pipeline.extract.amounts.approximators import hedge_of
from summit_pipeline.extract.amounts.quantity import Quantity, hedged_interval, rule_confidence
from summit_pipeline.text.numbers import Number, number_at

JOIN = re.compile(
    r"(?P<pair>-to-|(?<=[%t])/)|(?P<dash>[-–—‑]|\s[-–—]\s)|\s(?P<to>to)\s(?:about\s|around\s)?|\s(?P<and>and)\s"
)
_BETWEEN = re.compile(r"\b(?:between)\s(?:about\s|around\s|roughly\s)?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s(?:about\s|around\s|a\s|roughly\s)?$", re.IGNORECASE)
# "Rose from 4% to 5%" states two values at two times, "fines from $1 to $2" one range.
_CHANGE = re.compile(
    r"\b(?:ris(?:e[sn]?|ing)|rose|increas\w+|grow\w*|grew|climb\w*|jump\w*|soar\w*|surg\w+|up"
    r"|fall\w*|fell|drop\w*|declin\w+|decreas\w+|slow\w*|slid\w*|slump\w*|plung\w+|tumbl\w+|down"
    r"|cut\w*|reduc\w+|rais\w+|lower\w*|narrow\w*|widen\w*|eas(?:e|ed|es|ing)|shr[aiu]nk\w*"
    r"|chang\w+|mov\w+|went|goes|going|boost\w*|doubl\w+|tripl\w+|expand\w*|trimm?\w*|hik\w+"
    r"|revis\w+|upgrad\w+|downgrad\w+|improv\w+|accelerat\w+|edg\w+|inch\w*|push\w*|bring\w*)\b",
    re.IGNORECASE,
)
_CHANGE_REACH = 90
_CHANGED_BY = re.compile(
    r"\b(?:rose|fell|up|down|gained|lost|added|shed|jumped|dropped|climbed|slipped|slid|sank|tumbled|surged|plunged"
    r"|declined|advanced|rises|falls|rising|falling|dipped|edged\s(?:up|down|higher|lower))\s(?:by\s|about\s|nearly\s)?$",
    re.IGNORECASE,
)
_POLL = re.compile(
    r"\b(?:poll\w*|lead\w*|voters?|votes?|favou?rab\w+|margin|advantage|tied?|edge|split|divided|ahead|victory|support)\b",
    re.IGNORECASE,
)
_POLL_REACH = 80


@dataclass(frozen=True, slots=True)
class Amount:
    """One or two numbers of one unit, as written."""

    start: int
    end: int
    first: Number
    second: Number | None
    unit: str | None
    factor: float
    is_change: bool = False
    first_end: int | None = None
    """End of the first number with its own unit, where it has one."""


def joins_range(text: str, start: int, join: re.Match[str]) -> bool:
    """Whether the joining words make a range of what begins at `start`."""
    if join["and"] is None:
        return True
    return bool(_BETWEEN.search(text, max(0, start - 24), start))


def is_change(text: str, start: int, join: re.Match[str]) -> bool:
    """Whether two numbers tell a change or a comparison and not a range.

    "Rose from 4% to 5%", "rose 5 cents to $3" and, in polls, "a 55%-43% lead".
    """
    if join["pair"]:
        return True
    if join["to"] is None:
        around = text[max(0, start - _POLL_REACH) : join.end() + _POLL_REACH]
        return (
            join["dash"] is not None
            and text[join.start() - 1] == "%"
            and bool(_POLL.search(around))
        )
    if _CHANGED_BY.search(text, max(0, start - 24), start):
        return True
    opening = _FROM.search(text, max(0, start - 16), start)
    if opening is None:
        return False
    clause = text[max(0, opening.start() - _CHANGE_REACH) : opening.start()]
    return bool(_CHANGE.search(clause.rpartition(". ")[2]))


def range_start(text: str, start: int, join: re.Match[str]) -> int:
    """Where a range begins: with its "between", if it has one."""
    if join["and"] is not None or join["to"] is not None:
        opening = _BETWEEN.search(text, max(0, start - 24), start)
        if opening:
            return opening.start()
    return start


def share_scale(first: Number, second: Number) -> Number:
    """The first end of a range under the scale of the second: "5 to 7 million" begins at 5e6."""
    if first.scaled or not second.scaled or first.value is None or second.value is None:
        return first
    mantissa, factor = second.value, 1.0
    while mantissa >= 1000:
        mantissa, factor = mantissa / 1000, factor * 1000
    if factor == 1.0 or first.value >= 1000 or first.value > mantissa:
        return first
    return replace(
        first,
        value=first.value * factor,
        low=first.low * factor,
        high=first.high * factor,
        step=first.step * factor,
        scaled=True,
    )


def amount_at(
    text: str,
    first: Number | None,
    end: int,
    suffix: re.Pattern[str],
    units: dict[str, tuple[str, float]],
) -> Amount | None:
    """The amount that begins with `first`, with a unit that `suffix` matches in its group "unit".

    Args:
        text: the clean text.
        first: the number that it begins with, as `text.numbers` reads it; None gives None.
        end: where reading stops.
        suffix: what may follow the number, anchored where it ends; "unit" is looked up, lower case.
        units: canonical unit and factor for each unit word.
    """
    if first is None:
        return None
    start = first.start
    own = suffix.match(text, first.end, end)
    join = JOIN.match(text, own.end() if own else first.end, end)
    if join and first.value is not None and joins_range(text, start, join):
        second = number_at(text, join.end(), end)
        last = suffix.match(text, second.end, end) if second else None
        if (
            second
            and last
            and _unit(last, units) == (_unit(own, units) if own else _unit(last, units))
        ):
            canonical, factor = _unit(last, units)
            first = share_scale(first, second)
            change = is_change(text, start, join)
            begin = start if change else range_start(text, start, join)
            ends = own.end() if own else first.end
            return Amount(begin, last.end(), first, second, canonical, factor, change, ends)
    if own is None:
        return None
    canonical, factor = _unit(own, units)
    return Amount(start, own.end(), first, None, canonical, factor)


# "Seven minutes 41 seconds", "5 feet, 6 inches", "two hours and 20 minutes".
_SMALLER = re.compile(r"(?:,?\s(?:and\s)?|,?-(?:and-)?)(?=[\da-z])")


def with_smaller_unit(
    text: str,
    amount: Amount,
    end: int,
    suffix: re.Pattern[str],
    units: dict[str, tuple[str, float]],
    below: float = 1.0,
) -> Amount:
    """An amount of whole units together with the parts that follow it in ever smaller units.

    The arguments are those of `amount_at`, which gave `amount`; it comes back unchanged where no
    such part follows. `below` is the share of a unit that the last part read counts in.
    """
    whole = amount.first
    written_out = whole.is_bare_integer or below < 1
    if amount.second is not None or not written_out or whole.value is None:
        return amount
    join = _SMALLER.match(text, amount.end, end)
    part = number_at(text, join.end(), end) if join else None
    last = suffix.match(text, part.end, end) if part else None
    if part is None or part.value is None or last is None:
        return amount
    unit, factor = _unit(last, units)
    share = factor / amount.factor
    if unit != amount.unit or share >= below or part.value * share >= below:
        return amount
    value, half = whole.value + part.value * share, part.step * share / 2
    first = replace(
        whole, end=part.end, value=value, low=value - half, high=value + half, step=2 * half
    )
    both = replace(amount, end=last.end(), first=first)
    return with_smaller_unit(text, both, end, suffix, units, share)


def _unit(match: re.Match[str], units: dict[str, tuple[str, float]]) -> tuple[str, float]:
    return units[re.sub(r"[\s-]+", " ", match["unit"].lower())]


def quantities_of(
    text: str, amount: Amount, kind: str, rule: str, *, sign: int = 1, exact: bool = False
) -> list[Quantity]:
    """The quantities that an amount states: one, or two where it tells a change.

    Args:
        text: the clean text.
        amount: the amount.
        kind: the kind of quantity.
        rule: name of the rule; ranges and changes add their own ending.
        sign: -1 for negative amounts.
        exact: whether integers without a scale are meant exactly (days, years, people).
    """
    first, second = amount.first, amount.second
    if second is None:
        return [_single(text, amount, first, kind, rule, sign=sign, exact=exact)]
    if first.value is None or second.value is None:
        raise ValueError("the ends of a range are numbers that are not vague")
    if amount.is_change or second.value <= first.value:
        rule += "_change"
        head = replace(amount, end=amount.first_end or first.end, second=None)
        tail = replace(amount, start=second.start, first=second, second=None)
        return [
            _single(text, head, first, kind, rule, sign=sign, exact=exact),
            _single(text, tail, second, kind, rule, sign=sign, exact=exact),
        ]
    hedge = hedge_of(text, amount.start, amount.end, kind)
    low, high = first.value * amount.factor, second.value * amount.factor
    low_open, high_open = hedged_interval(hedge, low, high, None)
    rule += "_range"
    return [
        Quantity(
            amount.start, amount.end, kind, None, amount.unit, low_open, high_open, hedge, rule,
            rule_confidence(rule),
        )
    ]  # fmt: skip


def _single(
    text: str, amount: Amount, number: Number, kind: str, rule: str, *, sign: int, exact: bool
) -> Quantity:
    factor = amount.factor * sign
    hedge = hedge_of(text, amount.start, amount.end, kind)
    if number.value is None:
        bounds = sorted((number.low * factor, number.high * factor))
        low, high = hedged_interval(hedge, bounds[0], bounds[1], None)
        rule += "_vague"
        return Quantity(
            amount.start, amount.end, kind, None, amount.unit, low, high, hedge or "vague", rule,
            rule_confidence(rule),
        )  # fmt: skip
    value = round(number.value * factor, 9)
    bounds = sorted((round(number.low * factor, 9), round(number.high * factor, 9)))
    if exact and number.is_bare_integer:
        bounds = [value, value]
    low, high = hedged_interval(hedge, bounds[0], bounds[1], value)
    return Quantity(
        amount.start, amount.end, kind, value, amount.unit, low, high, hedge, rule,
        rule_confidence(rule),
    )  # fmt: skip
