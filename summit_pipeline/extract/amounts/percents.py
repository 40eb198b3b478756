"""Percentages and percentage points, which are two units and never compared.

Belongs here: percent in all spellings, points, basis points. Does not belong here: what the
percentage is of.
"""

import re

from summit_pipeline.extract.amounts.amounts import Amount, amount_at, quantities_of
from summit_pipeline.extract.amounts.quantity import Quantity
from summit_pipeline.text.numbers import Number

_UNITS: dict[str, tuple[str, float]] = {
    "%": ("percent", 1.0),
    "percent": ("percent", 1.0),
    "per cent": ("percent", 1.0),
    "pc": ("percent", 1.0),
    "pct": ("percent", 1.0),
    "percentage point": ("percentage_point", 1.0),
    "percentage points": ("percentage_point", 1.0),
    "percent point": ("percentage_point", 1.0),
    "percent points": ("percentage_point", 1.0),
    "per cent point": ("percentage_point", 1.0),
    "per cent points": ("percentage_point", 1.0),
    "% points": ("percentage_point", 1.0),
    "basis point": ("percentage_point", 0.01),
    "basis points": ("percentage_point", 0.01),
}
_SUFFIX = re.compile(
    r"(?:\s|-)?(?P<unit>%\spoints|%|(?:per\s?cent(?:age)?|percentage)[\s-]points?\b"
    r"|basis[\s-]points?\b|percent\b|per[\s-]cent\b|pct\b|pc\b)",
    re.IGNORECASE,
)
# "a quarter of a percentage point", "half a percent", "a quarter-point cut", "one-half percent"
_FRACTION = re.compile(
    r"(?:an?\s|one[\s-])?(?P<part>half|quarter|third|three[\s-]quarters)(?:\s?-\s?|\s)"
    r"(?:(?:of\s)?(?:an?|one)\s)?(?P<unit>percentage[\s-]point|percent\b|per\scent\b|point\b)",
    re.IGNORECASE,
)
_PARTS = {"half": 0.5, "quarter": 0.25, "third": 1 / 3, "three": 0.75}
_POINT_CONTEXT = re.compile(
    r"\b(?:rate|rates|cut|cuts|hike|hikes|fed|bank|interest)\b", re.IGNORECASE
)


def read_percent(text: str, start: int, end: int, first: Number | None) -> list[Quantity]:
    """The percentage that begins at `start`, as one quantity, or two where it tells a change."""
    fraction = _FRACTION.match(text, start, end)
    if fraction:
        return _read_fraction(text, fraction, end)
    amount = amount_at(text, first, end, _SUFFIX, _UNITS)
    if amount is None:
        return []
    rule = "percent" if amount.unit == "percent" else "percentage_point"
    sign = -1 if _is_negative(text, start) else 1
    return quantities_of(text, amount, "percent", rule, sign=sign)


def _is_negative(text: str, start: int) -> bool:
    """Whether a minus sign or "minus", and no hyphen or range, stands before the number."""
    if text[max(0, start - 7) : start].lower().lstrip("(") in (" minus ", "minus "):
        return True
    return text[start - 1 : start] in ("-", "−") and (start < 2 or text[start - 2] in " (\t")


def _read_fraction(text: str, match: re.Match[str], end: int) -> list[Quantity]:
    unit = match["unit"].lower()
    if unit == "point" and not _POINT_CONTEXT.search(text, max(0, match.start() - 60), end):
        return []
    part = _PARTS[match["part"].lower()[:5] if match["part"][0] in "tT" and "hree" in match["part"]
                  else match["part"].lower()]  # fmt: skip
    number = Number(match.start(), match.end(), part, part - 0.05, part + 0.05, 0.1, False, True)
    canonical = "percentage_point" if "point" in unit else "percent"
    amount = Amount(match.start(), match.end(), number, None, canonical, 1.0)
    return quantities_of(text, amount, "percent", "percent_fraction")
