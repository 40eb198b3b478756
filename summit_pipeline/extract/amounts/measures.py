"""Physical measures in SI base units: lengths, areas, masses, speeds, temperatures, magnitudes.

Belongs here: numbers with a unit of measure. Does not belong here: time (`durations`), money,
counted things (`counts`).
"""

import re
from dataclasses import replace

from summit_pipeline.extract.amounts.amounts import (
    Amount,
    amount_at,
    quantities_of,
    with_smaller_unit,
)
from summit_pipeline.extract.amounts.counted_nouns import COUNTED_BY_LETTER
from summit_pipeline.extract.amounts.quantity import Quantity
from summit_pipeline.lexicons import load_toml
from summit_pipeline.text.numbers import Number

_TABLES: dict[str, dict[str, float | str]] = load_toml("units.toml")
_DIMENSIONS = (
    "length", "area", "mass", "volume", "speed", "power", "energy", "data", "frequency",
    "transfer", "image",
)  # fmt: skip
_UNITS: dict[str, tuple[str, float]] = {
    word + plural: (str(_TABLES[dimension]["unit"]), float(factor))
    for dimension in _DIMENSIONS
    for word, factor in _TABLES[dimension].items()
    if word != "unit"
    for plural in ("", "s")
}
_WORDS = sorted(_UNITS, key=len, reverse=True)
# "30in" and "15.4″": a sign or letters that are inches only where they touch the figure.
_UNITS |= dict.fromkeys(("in", "″"), ("m", float(_TABLES["length"]["inch"])))
# "352 net rushing yards": kinds of yards that sport counts, between the number and its unit.
_YARDAGE = (
    r"(?:(?:(?:net|total|rushing|passing|receiving|combined|offensive|scrimmage|return|penalty"
    r"|all-purpose)\s){1,2}(?=yards?\b))?"
)
# Millimetres before these are a calibre or a lens, and a pound sterling is money.
_NOT_BEFORE = (
    "sterling", "carbine", "pistol", "rounds?", "handgun", "rifles?", "guns?", "calib(?:er|re)",
    "bullets?", "semi", "Glock", "ammunition", "cartridges?", "lens",
)  # fmt: skip
_SUFFIX = re.compile(
    rf"(?:\s|-)?{_YARDAGE}(?P<unit>"
    + "|".join(re.escape(w).replace(r"\ ", r"[\s-]") for w in _WORDS)
    + rf"|(?<=\d)(?-i:in|″))(?![\w/])(?!\s(?:{'|'.join(_NOT_BEFORE)})\b)",
    re.IGNORECASE,
)
_DEGREES = re.compile(
    r"\s?(?:°\s?(?P<sign>[CF])\b|(?:degrees?|deg)\s?(?P<name>celsius|fahrenheit|centigrade|C\b|F\b))",
    re.IGNORECASE,
)
_MAGNITUDE_BEFORE = re.compile(r"\bmagnitude(?:\sof)?(?:\s\w+)?\s$", re.IGNORECASE)
_MAGNITUDE_AFTER = re.compile(r"[\s-]magnitude\b", re.IGNORECASE)
_METRES_ONLY = re.compile(r"m(?![\w²³/])")
# "An inch thick", "half a mile": a unit without a number.
_LENGTHS = "inch|foot|yard|mile|metre|meter|kilometre|kilometer"
_ONE = re.compile(
    rf"(?:(?P<part>half|quarter)(?:\sof)?[\s-](?:an?[\s-])?|an?\s(?:full\s|whole\s)?)"
    rf"(?P<unit>{_LENGTHS})(?![\w-])",
    re.IGNORECASE,
)
_ONE_BEFORE = re.compile(
    r"\b(?:than|about|nearly|almost|roughly|around|over|under|within|by|least|of|is|was|up\sto)\s$",
    re.IGNORECASE,
)
# "A minute a mile", "$5 a foot": a rate.
_NO_LENGTH_AFTER = re.compile(r"\s(?:soldier|of\s(?!rain|snow|water|ice)|in\sthe\sdoor)")
# "6-foot-2": feet and inches.
_FOOT = re.compile(r"(?:-|\s)?(?:foot|feet|ft)-(?P<inches>\d{1,2})(?![\w.])", re.IGNORECASE)


def read_measure(text: str, start: int, end: int, first: Number | None) -> list[Quantity]:
    """The measure that begins at `start`, converted to its SI base unit."""
    one = _ONE.match(text, start, end)
    if one is not None:
        return _read_one(text, one, end)
    if first is None:
        return []
    if first.value is not None:
        number = first
        degrees = _DEGREES.match(text, number.end, end)
        if degrees:
            return _temperature(text, number, degrees)
        if _is_magnitude(text, start, number.end, end) and (number.value or 0) <= 10:
            amount = Amount(start, number.end, number, None, "magnitude", 1.0)
            return quantities_of(text, amount, "measure", "measure_magnitude")
        metres = _METRES_ONLY.match(text, number.end, end)
        if COUNTED_BY_LETTER.match(text, number.end, end):
            return []
        if metres and not number.in_words and not number.scaled:
            amount = Amount(start, metres.end(), number, None, "m", 1.0)
            return quantities_of(text, amount, "measure", "measure_metres")
    amount_or_none = _feet_and_inches(text, first, end) or amount_at(
        text, first, end, _SUFFIX, _UNITS
    )
    if amount_or_none is None:
        return []
    amount = with_smaller_unit(text, amount_or_none, end, _SUFFIX, _UNITS)
    return quantities_of(text, amount, "measure", "measure")


def _read_one(text: str, match: re.Match[str], end: int) -> list[Quantity]:
    """One unit or a part of one, without a number."""
    if match["part"] is None and not _ONE_BEFORE.search(
        text, max(0, match.start() - 12), match.start()
    ):
        return []
    if _NO_LENGTH_AFTER.match(text, match.end(), end):
        return []
    value = {"half": 0.5, "quarter": 0.25}.get((match["part"] or "").lower(), 1.0)
    step = 0.1 if match["part"] else 1.0
    number = Number(
        match.start(), match.end(), value, value - step / 2, value + step / 2, step, False, True
    )
    amount = Amount(match.start(), match.end(), number, None, *_UNITS[match["unit"].lower()])
    return quantities_of(text, amount, "measure", "measure_article")


def _feet_and_inches(text: str, first: Number, end: int) -> Amount | None:
    match = _FOOT.match(text, first.end, end)
    if match is None or first.value is None or int(match["inches"]) > 11:
        return None
    value = first.value + int(match["inches"]) / 12
    half = 1 / 24
    number = replace(first, value=value, low=value - half, high=value + half, step=2 * half)
    return Amount(first.start, match.end(), number, None, *_UNITS["foot"])


def _is_magnitude(text: str, start: int, stop: int, end: int) -> bool:
    before = text[max(0, start - 40) : start]
    return bool(_MAGNITUDE_BEFORE.search(before) or _MAGNITUDE_AFTER.match(text, stop, end))


def _temperature(text: str, number: Number, degrees: re.Match[str]) -> list[Quantity]:
    start = number.start
    sign = (
        -1
        if text[start - 1 : start] in ("-", "−") or text[max(0, start - 6) : start] == "minus "
        else 1
    )
    amount = Amount(start, degrees.end(), number, None, "degC", 1.0)
    found = quantities_of(text, amount, "measure", "measure_temperature", sign=sign)
    if (degrees["sign"] or degrees["name"])[0].lower() != "f":
        return found
    return [
        replace(q, value=_celsius(q.value), low=_celsius(q.low), high=_celsius(q.high))
        for q in found
    ]


def _celsius(fahrenheit: float | None) -> float | None:
    return None if fahrenheit is None else round((fahrenheit - 32) * 5 / 9, 6)
