"""Amounts and dates by the peers, in the form that the scorer of `quantities/` reads.

Runs in the peers' environment: imports nothing of ours and nothing outside the standard library
before a peer is asked for. Units become ISO codes of currencies ("USD/100" for cents), dates become
days or half-open stretches; where a library offers several readings, all are handed on and the
scorer takes the one that is kindest to it.
"""

import importlib
import re
import warnings
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

Readings = list[dict[str, Any]]
# Text, the day that relative dates count from, and the set, which a peer may leave alone.
Reader = Callable[[str, str | None, str], Readings]

_CURRENCY_NAMES = {
    "dollar": "USD", "united states dollar": "USD", "us dollar": "USD", "euro": "EUR",
    "pound": "GBP", "pound sterling": "GBP", "british pound": "GBP", "japanese yen": "JPY",
    "yen": "JPY", "yuan": "CNY", "chinese yuan": "CNY", "renminbi": "CNY", "rupee": "INR",
    "indian rupee": "INR", "rupees": "INR", "canadian dollar": "CAD", "australian dollar": "AUD",
    "hong kong dollar": "HKD", "singapore dollar": "SGD", "new zealand dollar": "NZD",
    "swiss franc": "CHF", "russian ruble": "RUB", "won": "KRW", "south korean won": "KRW",
    "mexican peso": "MXN", "swedish krona": "SEK", "danish krone": "DKK", "norwegian krone": "NOK",
    "brazilian real": "BRL", "franc": "FRANC", "cent": "USD/100", "pence": "GBP/100",
    "penny": "GBP/100",
}  # fmt: skip
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800,
            "month": 2592000, "year": 31536000, "decade": 315360000}  # fmt: skip


def quantulum3() -> Reader:
    """quantulum3 with its classifier of units."""
    warnings.filterwarnings("ignore")
    parse = importlib.import_module("quantulum3.parser").parse

    def read(text: str, reference: str | None, file: str) -> Readings:
        found = []
        try:
            quantities = parse(text)
        except (ValueError, KeyError, IndexError, AttributeError, TypeError, ZeroDivisionError):
            return []
        for q in quantities:
            entity, name = q.unit.entity.name, q.unit.name
            value = q.value
            kind, unit = "number", name
            if entity == "currency":
                code = getattr(q.unit, "currency_code", None)
                kind, unit = "money", code or _CURRENCY_NAMES.get(name, name)
            elif name in ("percentage", "percent"):
                kind, unit = "percent", "%"
            elif name in _SECONDS:
                kind, unit, value = "duration", "s", q.value * _SECONDS[name]
            low, high = value, None
            if q.uncertainty:
                low, high = value - q.uncertainty, value + q.uncertainty
            found.append(_reading(text, q.span, kind, low, high, unit))
        return found

    return read


def recognizers() -> Reader:
    """The fork of 2024 of Microsoft's Recognizers-Text: currency, percentage and date-time."""
    warnings.filterwarnings("ignore")
    english = importlib.import_module("ms_recognizers_text").Culture.English
    units = importlib.import_module("ms_recognizers_number_with_unit").NumberWithUnitRecognizer
    numbers = importlib.import_module("ms_recognizers_number").NumberRecognizer
    dates = importlib.import_module("ms_recognizers_date_time").DateTimeRecognizer
    currency = units(english).get_currency_model()
    percentage = numbers(english).get_percentage_model()
    moments = dates(english).get_datetime_model()

    def read(text: str, reference: str | None, file: str) -> Readings:
        found = []
        for r in _asked(currency, text):
            if r.resolution.get("value") is None:
                continue  # a unit without a number ("dollars") is none of the amounts asked for
            unit = r.resolution.get("isoCurrency") or str(r.resolution.get("unit")).lower()
            unit = _CURRENCY_NAMES.get(unit, unit)
            found.append(_recognised(text, r, "money", _number(r.resolution.get("value")), unit))
        for r in _asked(percentage, text):
            if r.text.lower() in ("cent", "percent", "percentage"):
                continue
            value = _number(str(r.resolution.get("value")).rstrip("%"))
            found.append(_recognised(text, r, "percent", value, "%"))
        if reference is not None:
            asked = _asked(moments, text, datetime.fromisoformat(reference[:10]))
            found.extend(x for r in asked if (x := _moment(text, r)) is not None)
        return found

    return read


def _asked(model: Any, *arguments: Any) -> list[Any]:
    """What a model finds; an error of its own costs it the text."""
    try:
        return list(model.parse(*arguments) or [])
    except Exception:  # the library raises many kinds
        return []


def _recognised(text: str, found: Any, kind: str, value: float | None, unit: str) -> dict[str, Any]:
    return _reading(text, (found.start, found.end + 1), kind, value, None, unit)


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def _moment(text: str, found: Any) -> dict[str, Any] | None:
    kind = found.type_name.rpartition(".")[2]
    values = (found.resolution or {}).get("values") or []
    if kind == "duration":
        value = _number(values[0].get("value")) if values else None
        return _recognised(text, found, "duration", value, "s")
    if kind not in ("date", "daterange", "datetime", "datetimerange"):
        return None
    readings = [r for v in values if (r := _interval(v)) is not None]
    if not readings:
        return None
    kind = "date" if readings[0][1] is None else "daterange"
    reading = _recognised(text, found, kind, None, "")
    return reading | {
        "value": readings[0][0],
        "value_high": readings[0][1],
        "alts": readings,
    }


def _interval(value: dict[str, Any]) -> list[str | None] | None:
    """A resolved value as [day, None] or [first day, day after the last]."""
    if value.get("start") and value.get("end"):
        first, last = value["start"][:10], value["end"][:10]
        try:
            length = datetime.fromisoformat(last) - datetime.fromisoformat(first)
        except ValueError:
            return None
        return [first, None] if length <= timedelta(days=1) else [first, last]
    day = str(value.get("value") or "")[:10]
    return [day, None] if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None


# --- a plain regex, as one would write it in ten minutes ----------------------------------------

_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
           "m": 1e6, "bn": 1e9, "b": 1e9, "trn": 1e12}  # fmt: skip
_AMOUNT = (
    r"(?P<{0}>\d[\d,]*(?:\.\d+)?)(?:\s?(?P<{1}>thousand|million|billion|trillion|bn|trn|m)\b)?"
)
_PLAIN = re.compile(
    rf"(?P<sign>[$£€¥])\s?{_AMOUNT.format('signed', 'signed_scale')}"
    rf"|{_AMOUNT.format('named', 'named_scale')}\s(?P<currency>dollars|euros|pounds|yen|yuan)\b"
    r"|(?P<percent>\d+(?:\.\d+)?)\s?(?:%|percent\b|per\scent\b)"
    r"|(?P<month>January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\s(?P<day>\d{1,2}),\s(?P<year>(?:19|20)\d\d)"
    r"|\b(?P<lone_year>(?:19|20)\d\d)\b"
)
_SIGNS = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY"}
_NAMES = {"dollars": "USD", "euros": "EUR", "pounds": "GBP", "yen": "JPY", "yuan": "CNY"}


def plain_regex() -> Reader:
    """Signs, scales, percentages, full dates and years."""

    def read(text: str, reference: str | None, file: str) -> Readings:
        found = []
        for m in _PLAIN.finditer(text):
            if m["sign"] or m["currency"]:
                which = "signed" if m["sign"] else "named"
                value = float(m[which].replace(",", "")) * _SCALES.get(m[f"{which}_scale"], 1)
                unit = _SIGNS[m["sign"]] if m["sign"] else _NAMES[m["currency"]]
                found.append(_reading(text, m.span(), "money", value, None, unit))
            elif m["percent"]:
                found.append(_reading(text, m.span(), "percent", float(m["percent"]), None, "%"))
            elif m["month"]:
                written = f"{m['month']} {m['day']} {m['year']}"
                day = datetime.strptime(written, "%B %d %Y").date().isoformat()
                found.append(_reading(text, m.span(), "date", day, None, ""))
            else:
                year = int(m["lone_year"])
                stretch = (f"{year}-01-01", f"{year + 1}-01-01")
                found.append(_reading(text, m.span(), "daterange", *stretch, ""))
        return found

    return read


def _reading(
    text: str, span: tuple[int, int], kind: str, value: Any, high: Any, unit: str
) -> dict[str, Any]:
    start, end = span
    return {"start": start, "end": end, "text": text[start:end], "type": kind, "value": value,
            "value_high": high, "unit": unit}  # fmt: skip


PEERS: dict[str, tuple[Callable[[], Reader], str]] = {
    "quantulum3": (quantulum3, "quantulum3"),
    "recognizers": (recognizers, "ms-recognizers-text-suite"),
    "plain_regex": (plain_regex, ""),
}
