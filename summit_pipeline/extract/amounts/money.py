"""Amounts of money: signs, codes and names around the number, ranges, vague plurals, rates.

Belongs here: what is money and in which currency. Does not belong here: the number grammar
(`text.numbers`), or what the money is for.
"""

import re
from dataclasses import dataclass, replace

from summit_pipeline.extract.amounts.amounts import (
    JOIN,
    Amount,
    is_change,
    joins_range,
    quantities_of,
    range_start,
    share_scale,
)
from summit_pipeline.extract.amounts.quantity import Quantity, rule_confidence
from summit_pipeline.lexicons import load_toml
from summit_pipeline.text.numbers import Number, number_at, vague_at

_LEXICON = load_toml("currencies.toml")
_CODES = {code: ("CNY" if code == "RMB" else code) for code in _LEXICON["codes"]}
_SIGNS: dict[str, str] = _LEXICON["signs"]
_PREFIXES: dict[str, str] = _LEXICON["prefixes"]
_DOLLARS: dict[str, str] = _LEXICON["dollars"]
_NAMES: dict[str, str] = _LEXICON["names"]
_AMBIGUOUS: dict[str, str] = _LEXICON["ambiguous_names"]
_HUNDREDTHS: dict[str, str] = _LEXICON["hundredths"]
_DENOMINATORS: list[str] = load_toml("rate_words.toml")["denominators"]


def _alternation(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


PURE_SIGNS = frozenset(_SIGNS)
_PURE_SIGNS = _alternation([s for s in _SIGNS if s != "$"])
_LETTERS = _alternation(list(_DOLLARS))
# Letters that may stand apart from the sign; "A $5 grant" and "it's $5" are no such thing.
_LOOSE = _alternation([d for d in _DOLLARS if d not in ("A", "J", "B", "R", "Z", "us")])
# What may stand left of a dollar sign, and of digits, as part of the amount.
SIGN_LETTERS = rf"(?<![\w’'])(?:{_LETTERS}|(?:{_LOOSE})\s)"
CODE_LETTERS = rf"(?<!\w)(?:{_alternation([*_CODES, *_PREFIXES, 'e'])})"
SIGN = (
    rf"(?:(?<![\w’'])(?:(?P<tight>{_LETTERS})\$|(?P<loose>{_LOOSE})\s\$)"
    rf"|\$(?P<after>{_LETTERS})(?=\s?[\d.])|(?P<dollar>\$)"
    rf"|(?P<pure>{_PURE_SIGNS})"
    rf"|(?<!\w)(?P<code>{_alternation(list(_CODES))})(?=\s?[\d.])"
    rf"|(?<!\w)(?P<prefix>{_alternation(list(_PREFIXES))})(?=\s?\d))"
)
_SIGN = re.compile(SIGN)
# "e85 million": a euro sign that lost its encoding; only a scale word makes it safe to read so.
_LOST_EURO = re.compile(r"(?<!\w)e(?=\d+(?:\.\d+)?\s?(?:million|billion|bn|m)\b)")
_NAME_WORDS = _alternation([*_NAMES, *_AMBIGUOUS])
_SUFFIX = re.compile(
    rf"(?:\s|-)?(?:(?:of\s)(?=\w))?(?:(?P<name>(?i:{_NAME_WORDS}))(?i:s|es)?(?![\w’'])"
    rf"|(?P<mega>M)?(?P<code>{_alternation(list(_CODES))})\b"
    rf"|(?P<sign>{_alternation([*_SIGNS, '元'])})(?!\.?\d))"
)
_LONG_HUNDREDTHS = _alternation([h for h in _HUNDREDTHS if len(h) > 1])
_HUNDREDTH = re.compile(
    rf"(?P<gap>\s|-)?(?P<name>(?i:{_LONG_HUNDREDTHS}|¢)|p(?=\b))"
    r"(?i:s)?(?!\w|\.\d|\.m\b)"
)
_CODE_SCALE = re.compile(r"\s(m|b|t)(?:r?illion)\b")  # "75 USD million"
_PARTS_AFTER = re.compile(
    r"\s(?:and\s)?(?:(?P<digits>\d{1,2})|(?P<words>[a-z]+(?:-[a-z]+)?))\s(?:cents?|pence|p)\b"
    r"(?!\s(?:an?|per)\s)"
)
_OPEN = re.compile(r"\s?(?P<bracket>\()?(?P<minus>[-−–])?\s?")
_CLOSE_SCALE = re.compile(r"\)\s?(?=million|billion|trillion|thousand|bn|m\b)")
# Names that are mostly other words ("30 won re-election", "four real candidates"): money only in
# thousands and above; of other ambiguous names ten and more are money.
_OTHER_WORDS = frozenset({"won", "real", "dong"})
_FEWEST_OF_WORDS = 1000
_FEWEST_COINS = 10
_MILLION = 1e6
_PAYING = re.compile(
    r"\b(?:fine[ds]?|pa(?:id|y|ys|ying)|costs?|worth|earn(?:s|ed|ing)?|spen[dt]\w*|priced?|charged?)\s(?:\w+\s){0,3}$"
)
_OF_STUFF = re.compile(
    r"\sof\s(?!(?:public|taxpayer|private|extra|new)?\s?(?:money|funding|debt|aid|cash|loans?|savings?)\b)"
)
_BRITAIN = re.compile(
    r"£|[Ss]terling|\bBrit(?:ain|ish|on)|\bUK\b|\bU\.K\.|\bEngland|\bLondon|\bScot(?:land|tish)|\bWales\b"
)
_NEAR = 1500  # characters: the paragraphs around
_RATE = re.compile(
    rf"(?:(?:\s|-)(?:an?|each|every)(?:\s|-)(?P<unit>{_alternation(_DENOMINATORS)})\b"
    r"(?!\s(?:ago|earlier|before|later)\b)"
    r"|\s?(?:-per-|\sper\s|(?<=\d)/)(?P<per>[A-Za-z]+(?:[\s-](?:foot|metre|meter|ft|hour|ounce)\b)?)"
    r"|\s(?P<capita>per\scapita))",
    re.IGNORECASE,
)
# "$68 billion U.S." before a noun ("trade deficit") is no currency but the noun's country.
_US_AFTER = re.compile(
    r"\s(?:(?:US|U\.S\.)(?=[\s,.;)]|$)(?!\s(?!(?:in|to|for|of|on|a|per|and|or|from|by|at)\b)\w)|dollars?\b)"
)
# "SoftBank promised billions": money, because of the verb; the currency is the reporter's dollar.
_SPENDING = re.compile(
    r"\b(?:spend\w*|spent|invest\w*|pledg\w+|promis\w+|cost\w*|worth|pay|pays|paid|paying|rais\w+|los[et]\w*"
    r"|earn\w*|funding|fund|funds|budget|loan\w*|aid|debt|fine[ds]?|deal|revenue|sales|profit\w*)\b",
    re.IGNORECASE,
)
_BARE_BILLIONS = re.compile(r"(?:b|tr)illions$", re.IGNORECASE)
_OF_SOMETHING = re.compile(r"\s(?:of\s\w|more\s[a-z]+s\b|years\b|people\b)")


@dataclass(frozen=True, slots=True)
class _One:
    """One end: a number with its currency, if one is written at it."""

    start: int
    end: int
    number: Number
    unit: str | None
    factor: float
    sign: int
    before: bool


def read_money(text: str, start: int, end: int, first: Number | None) -> list[Quantity]:
    """The money amount that begins at `start`, with a currency sign or with its number.

    Money per something ("$80 a barrel") has the kind "rate".
    """
    one = _one_at(text, start, end, first)
    if one is None:
        return []
    joined = _range_of(text, one, end)
    if joined is not None:
        return joined
    unit = one.unit
    if unit is None:
        return _bare_vague(text, one, end)
    rule = "money_sign" if one.before else "money_name"
    if one.factor != 1.0:
        rule = "money_hundredths"
    elif one.number.value is not None and (parts := _PARTS_AFTER.match(text, one.end, end)):
        one = _with_parts(one, parts)
        rule = "money_parts"
    amount = Amount(one.start, one.end, one.number, None, unit, one.factor)
    return _with_rate(text, quantities_of(text, amount, "money", rule, sign=one.sign), end)


def _with_parts(one: _One, parts: re.Match[str]) -> _One:
    """“3 dollars 50 cents” as one amount."""
    number = number_at(parts["digits"] or parts["words"], 0, 24)
    if number is None or number.value is None or one.number.value is None:
        return one
    value = one.number.value + number.value / 100
    exact = replace(one.number, value=value, low=value - 0.005, high=value + 0.005, step=0.01)
    return replace(one, number=exact, end=parts.end())


def _one_at(text: str, start: int, end: int, first: Number | None) -> _One | None:
    sign = _SIGN.match(text, start, end)
    if sign:
        return _after_sign(text, start, sign.end(), _sign_unit(sign), end)
    lost = _LOST_EURO.match(text, start, end)
    if lost:
        return _after_sign(text, start, lost.end(), "EUR", end)
    return _before_name(text, start, end, first) if first else None


def _sign_unit(match: re.Match[str]) -> str:
    for group in ("tight", "loose", "after"):
        if match[group]:
            return _DOLLARS[match[group]]
    if match["code"]:
        return _CODES[match["code"]]
    if match["prefix"]:
        return _PREFIXES[match["prefix"]]
    return _SIGNS[match["pure"] or "$"]


def _after_sign(text: str, start: int, at: int, unit: str, end: int) -> _One | None:
    opened = _OPEN.match(text, at, end)
    assert opened is not None  # matches the empty string
    at = opened.end()
    number = number_at(text, at, end, short_scales=True) or vague_at(text, at, end)
    if number is None:
        return None
    negative = bool(opened["minus"]) or (
        text[start - 1 : start] in ("-", "−") and (start < 2 or text[start - 2] in " (")
    )
    stop = number.end
    if opened["bracket"]:
        closing = _CLOSE_SCALE.match(text, stop, end)
        scaled = (
            number_at(f"1{text[closing.end() : closing.end() + 16]}", 0, 17, short_scales=True)
            if closing
            else None
        )
        if closing and scaled and scaled.value and number.value is not None:
            number = _times(number, scaled.value)
            stop = closing.end() + scaled.end - 1
        elif text[stop : stop + 1] == ")":
            stop += 1
        negative = True
    trailing = _US_AFTER.match(text, stop, end) if unit == "USD" else None
    stop = trailing.end() if trailing else stop
    return _One(start, stop, number, unit, 1.0, -1 if negative else 1, True)


def _times(number: Number, factor: float) -> Number:
    assert number.value is not None
    return replace(
        number,
        value=number.value * factor,
        low=number.low * factor,
        high=number.high * factor,
        step=number.step * factor,
        scaled=True,
    )


def _before_name(text: str, start: int, end: int, number: Number) -> _One | None:
    # "5m euros": letters are scales only where a currency follows.
    tight = text[number.end : number.end + 1].isalpha() and not number.in_words
    short = number_at(text, start, end, short_scales=True) if tight else None
    if short and short.end > number.end:
        suffix = _SUFFIX.match(text, short.end, end)
        if suffix:
            return _named(short, suffix, start)
    suffix = _SUFFIX.match(text, number.end, end)
    if suffix and not _is_weight(text, number, suffix):
        return _named(number, suffix, start)
    part = _HUNDREDTH.match(text, number.end, end)
    if part and not number.scaled and not (part["name"] == "p" and part["gap"]):
        name = part["name"].lower()
        return _One(start, part.end(), number, _HUNDREDTHS[name], 0.01, 1, False)
    return _One(start, number.end, number, None, 1.0, 1, False)


def _named(number: Number, suffix: re.Match[str], start: int) -> _One:
    if suffix["code"]:
        unit = _CODES[suffix["code"]]
        number = _times(number, 1e6) if suffix["mega"] and number.value is not None else number
        if number.value is not None and (scale := _CODE_SCALE.match(suffix.string, suffix.end())):
            number = _times(number, {"m": 1e6, "b": 1e9, "t": 1e12}[scale[1]])
            return _One(start, scale.end(), number, unit, 1.0, 1, False)
    elif suffix["sign"]:
        unit = _SIGNS.get(suffix["sign"], "CNY")
    else:
        name = suffix["name"].lower()
        unit = _NAMES.get(name) or _AMBIGUOUS[name]
    return _One(start, suffix.end(), number, unit, 1.0, 1, False)


def _is_weight(text: str, number: Number, suffix: re.Match[str]) -> bool:
    """Whether "20 pounds", "30 won" and their like may be no money."""
    name = (suffix["name"] or "").lower()
    if name not in _AMBIGUOUS:
        return False
    large = number.scaled and (number.value or number.high) >= _FEWEST_OF_WORDS
    if name == "pound":
        millions = large and (number.value or number.high) >= _MILLION
        return not _is_sterling(text, number.start, suffix.end(), large, millions)
    return not large and (name in _OTHER_WORDS or (number.value or 0) < _FEWEST_COINS)


def _is_sterling(text: str, start: int, end: int, large: bool, millions: bool) -> bool:
    """Whether pounds are paid, or are many that weigh nothing named, or stand near Britain."""
    if _PAYING.search(text, max(0, start - 40), start):
        return True
    if not large or _OF_STUFF.match(text, end):
        return False
    return millions or bool(_BRITAIN.search(text, max(0, start - _NEAR), end + _NEAR))


def _range_of(text: str, first: _One, end: int) -> list[Quantity] | None:
    """The range or change that begins with `first`; None where it stands alone."""
    join = JOIN.match(text, first.end, end)
    if join is None or first.number.value is None or not joins_range(text, first.start, join):
        return None
    second = _one_at(text, join.end(), end, number_at(text, join.end(), end))
    if second is None or second.number.value is None:
        return None
    unit = second.unit or first.unit
    if unit is None or (first.unit and second.unit and first.unit != second.unit):
        return None
    if first.unit and second.unit and first.factor != second.factor:
        return None
    if second.unit is None and (not first.before or _is_other_unit(text, second, end)):
        return None
    number = share_scale(first.number, second.number)
    factor = second.factor if second.unit else first.factor
    change = is_change(text, first.start, join)
    begin = first.start if change else range_start(text, first.start, join)
    amount = Amount(begin, second.end, number, second.number, unit, factor, change, first.end)
    found = quantities_of(text, amount, "money", "money")
    if len(found) == 2:  # the second end of a change begins with its sign
        found[1] = replace(found[1], start=second.start)
    return _with_rate(text, found, end)


def _is_other_unit(text: str, second: _One, end: int) -> bool:
    """Whether the second number belongs to something else: "$5 to 3 people", "$5-2 years"."""
    if second.number.scaled:
        return False
    return bool(re.match(r"[\s-]?(?:%|[a-z]{3,}s\b)", text[second.end : min(end, second.end + 16)]))


def _bare_vague(text: str, one: _One, end: int) -> list[Quantity]:
    """Billions and trillions of nothing named, in a sentence about spending."""
    words = text[one.start : one.end]
    if one.number.value is not None or not _BARE_BILLIONS.search(words):
        return []
    if _OF_SOMETHING.match(text, one.end, end) or not _SPENDING.search(
        text, max(0, one.start - 120), min(end, one.end + 60)
    ):
        return []
    amount = Amount(one.start, one.end, one.number, None, "USD", 1.0)
    return quantities_of(text, amount, "money", "money_bare")


def _with_rate(text: str, found: list[Quantity], end: int) -> list[Quantity]:
    """The amounts as rates where a denominator follows."""
    match = _RATE.match(text, found[-1].end, end)
    if match is None:
        return found
    per = (match["unit"] or match["per"] or "person").lower()
    return [
        replace(
            q,
            kind="rate",
            end=match.end() if q is found[-1] else q.end,
            unit=f"{q.unit}/{per}",
            rule="rate_money",
            confidence=rule_confidence("rate_money"),
        )
        for q in found
    ]
