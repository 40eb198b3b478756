"""Physical measures in SI base units: lengths, areas, masses, speeds, temperatures, magnitudes.

Belongs here: numbers with a unit of measure. Does not belong here: time (`durations`), money,
counted things (`counts`).
"""

import re
from dataclasses import replace

from summit_pipeline.extract.amounts.amounts import Amount, amount_at, quantities_of
from summit_pipeline.extract.amounts.quantity import Quantity
from summit_pipeline.lexicons import load_toml
from summit_pipeline.text.numbers import Number

_TABLES: dict[str, dict[str, float | str]] = load_toml("units.toml")
_DIMENSIONS = ("length", "area", "mass", "volume", "speed", "power", "energy", "data")
_UNITS: dict[str, tuple[str, float]] = {
    word + plural: (str(_TABLES[dimension]["unit"]), float(factor))
    for dimension in _DIMENSIONS
    for word, factor in _TABLES[dimension].items()
    if word != "unit"
    for plural in ("", "s")
}
# Millimetres before these are a calibre or a lens, and a pound sterling is money.
_NOT_BEFORE = (
    "sterling", "carbine", "pistol", "rounds?", "handgun", "rifles?", "guns?", "calib(?:er|re)",
    "bullets?", "semi", "Glock", "ammunition", "cartridges?", "lens",
)  # fmt: skip
_SUFFIX = re.compile(
    r"(?:\s|-)?(?P<unit>"
    + "|".join(re.escape(w).replace(r"\ ", r"[\s-]") for w in sorted(_UNITS, key=len, reverse=True))
    + rf")(?![\w/])(?!\s(?:{'|'.join(_NOT_BEFORE)})\b)",
    re.IGNORECASE,
)
_DEGREES = re.compile(
    r"\s?(?:°\s?(?P<sign>[CF])\b|(?:degrees?|deg)\s?(?P<name>celsius|fahrenheit|centigrade|C\b|F\b))",
    re.IGNORECASE,
)
_MAGNITUDE_BEFORE = re.compile(r"\bmagnitude(?:\sof)?(?:\s\w+)?\s$", re.IGNORECASE)
_MAGNITUDE_AFTER = re.compile(r"[\s-]magnitude\b", re.IGNORECASE)
_METRES_ONLY = re.compile(r"m(?![\w²³/])")


def read_measure(text: str, start: int, end: int, first: Number | None) -> list[Quantity]:
    """The measure that begins at `start`, converted to its SI base unit."""
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
        if metres and not number.in_words and not number.scaled:
            amount = Amount(start, metres.end(), number, None, "m", 1.0)
            return quantities_of(text, amount, "measure", "measure_metres")
    amount_or_none = amount_at(text, first, end, _SUFFIX, _UNITS)
    if amount_or_none is None:
        return []
    return quantities_of(text, amount_or_none, "measure", "measure")


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
