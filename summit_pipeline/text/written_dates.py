"""Reading a written date strictly: the forms that feeds, pages and byline lines use.

Belongs here: one text that has to be a date as a whole. Does not belong here: which of several
statements counts (`normalise.publication`), or dates that an article speaks of (`extract`).

A date is never made up: what is impossible, ambiguous or implausible gives no time and a reason.
A day without a time is midnight UTC; a time without a zone is read as UTC, and the note says so.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

from summit_pipeline.vocabulary import DateOrder

NoDateReason = Literal["date.unparsable", "date.ambiguous", "date.implausible"]

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"), 1
    )
    for name in names.split()
}  # fmt: skip
_ZONES = {"z": 0, "gmt": 0, "utc": 0, "ut": 0, "wet": 0, "bst": 60, "cet": 60, "cest": 120,
          "eet": 120,
          "eest": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
          "pst": -480, "pdt": -420, "jst": 540, "kst": 540, "sgt": 480, "hkt": 480, "aest": 600,
          "aedt": 660, "nzst": 720, "nzdt": 780, "msk": 180}  # fmt: skip
# Zones of the United States named without their season; the season follows from the day.
_AMERICAN = {"et": -300, "ct": -360, "mt": -420, "pt": -480}

_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s*)?"
_MONTH_NAME = r"(?P<month_name>[a-z]{3,9})\.?"
_CLOCK = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:\s?(?P<half>[ap])\.?m\.?)?(?:\s?\(?(?P<zone>[a-z]{1,5}|[+-]\d{2}:?\d{2})\)?)?"
)
_JOIN = r"(?:,?\s+(?:at\s+|[-–|]\s+)?|,)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})(?:[t ]\s?{_CLOCK})?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})t(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?"
        r"(?P<zone>z|[+-]\d{2}:?\d{2})?",
        rf"(?P<year>\d{{4}})/(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})(?:{_JOIN}{_CLOCK})?",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{_MONTH_NAME},?[\s-](?P<year>\d{{4}}|\d{{2}})(?:{_JOIN}{_CLOCK})?",
        rf"{_WEEKDAY}{_MONTH_NAME}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})(?:{_JOIN}{_CLOCK})?",
    )
)
_NUMERIC = re.compile(
    rf"(?P<first>\d{{1,2}})[/.-](?P<second_number>\d{{1,2}})[/.-](?P<year>\d{{4}})(?:{_JOIN}{_CLOCK})?"
)
_LABEL = re.compile(
    r"^(?:(?:first )?published|posted|updated|last (?:updated|modified)|date|created|modified|on"
    r"|at)\b(?: on| at)?:?\s*",
    re.I,
)
_LONGEST = 100
# News on the web does not go back further; clocks that are not set say 1970-01-01 or 1980-01-01.
_EARLIEST = datetime(1980, 1, 2)
# Scheduled items and zones read as UTC may lie a little ahead of the moment they are seen.
_AHEAD = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class DateReading:
    """A time in UTC without a zone, or none.

    `note` says what was assumed or what is wrong; `reason` is the code where there is no time.
    """

    at: datetime | None
    note: str
    reason: NoDateReason | None = None


def read_date(
    written: str, *, not_after: datetime | None = None, order: DateOrder | None = None
) -> DateReading:
    """Read a date as feeds and pages write it; the whole text must be a date.

    Args:
        written: RFC 822, ISO 8601, "February 9, 2025" and their kin, in English.
        not_after: the moment the document was first seen; later dates are implausible.
        order: the order of day and month of "07/02/2025", where the source states it.
    """
    text = _LABEL.sub("", re.sub(r"\s+", " ", written[: 2 * _LONGEST].strip()), count=1).lower()
    if not text:
        return _unparsable("empty")
    if len(text) > _LONGEST:
        return _unparsable("too long for a date")
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            return _plausible(_reading(match.groupdict()), not_after)
    match = _NUMERIC.fullmatch(text)
    if match:
        return _plausible(_numeric(match.groupdict(), order), not_after)
    return _unparsable("not a date in a known form")


def _unparsable(note: str) -> DateReading:
    return DateReading(None, note, "date.unparsable")


def _numeric(parts: dict[str, str | None], order: DateOrder | None) -> DateReading:
    first, second = int(parts["first"] or 0), int(parts["second_number"] or 0)
    if order is None and first <= 12 and second <= 12 and first != second:
        return DateReading(None, "day and month may be swapped", "date.ambiguous")
    is_day_first = order == "dmy" or (order is None and first > 12)
    day, month = (first, second) if is_day_first else (second, first)
    return _reading({**parts, "day": str(day), "month": str(month)})


def _reading(parts: dict[str, str | None]) -> DateReading:
    """The time that the parts of a date mean; no time if they are impossible."""
    name = parts.get("month_name")
    month = MONTHS.get(name) if name else int(parts["month"] or 0)
    year = int(parts["year"] or 0)
    if len(parts["year"] or "") == 2:  # RFC 2822, section 4.3
        year += 2000 if year < 50 else 1900
    try:
        day = datetime(year, month or 0, int(parts["day"] or 0))
        return _with_clock(day, parts)
    except (ValueError, OverflowError):
        return _unparsable("impossible date")


def _with_clock(day: datetime, parts: dict[str, str | None]) -> DateReading:
    if not parts.get("hour"):
        return DateReading(day, "day only")
    hour = int(parts["hour"] or 0)
    half = parts.get("half")
    if half and not 1 <= hour <= 12:
        raise ValueError("no such hour")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    microsecond = int((parts.get("fraction") or "0").ljust(6, "0")[:6])
    local = day.replace(
        hour=hour,
        minute=int(parts["minute"] or 0),
        second=min(int(parts.get("second") or 0), 59)
        if parts.get("second") == "60"
        else int(parts.get("second") or 0),
        microsecond=microsecond,
    )
    zone = parts.get("zone")
    if zone is None:
        return DateReading(local, "no zone, taken as UTC")
    minutes = _zone_minutes(zone, local)
    if minutes is None:
        return DateReading(day, f"zone {zone.upper()} is not clear, day only")
    return DateReading(
        local.replace(tzinfo=timezone(timedelta(minutes=minutes)))
        .astimezone(UTC)
        .replace(tzinfo=None),
        "",
    )


def _zone_minutes(zone: str, local: datetime) -> int | None:
    """Minutes east of UTC; None for names that several zones bear.

    Raises:
        ValueError: if the offset is larger than any on Earth.
    """
    if zone[0] in "+-":
        minutes = int(zone[1:3]) * 60 + int(zone[-2:])
        if minutes > 14 * 60 or int(zone[-2:]) > 59:
            raise ValueError("no such zone")
        return -minutes if zone[0] == "-" else minutes
    if zone in _AMERICAN:
        return _AMERICAN[zone] + (60 if _is_american_summer(local) else 0)
    return _ZONES.get(zone)


def _is_american_summer(local: datetime) -> bool:
    """Daylight saving time since 2007: second Sunday of March to first Sunday of November."""
    march = datetime(local.year, 3, 8)
    november = datetime(local.year, 11, 1)
    start = march + timedelta(days=(6 - march.weekday()) % 7, hours=2)
    end = november + timedelta(days=(6 - november.weekday()) % 7, hours=2)
    return start <= local < end


def _plausible(reading: DateReading, not_after: datetime | None) -> DateReading:
    if reading.at is None:
        return reading
    if reading.at < _EARLIEST:
        return DateReading(None, "before news stood on the web", "date.implausible")
    if reading.at.year > 2100 or (not_after is not None and reading.at > not_after + _AHEAD):
        return DateReading(None, "lies ahead of the day it was seen", "date.implausible")
    return reading
