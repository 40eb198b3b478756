"""Normal forms of dates, and what days they mean.

A *normal form* is a short string that says what the words of a date say, without the day they were
written on. `resolve` turns it into a half-open interval of days, given that day; so a date that one
document leaves open can be resolved with another document's reference date.

Absolute forms (no reference needed):
    day:2025-02-07      month:2025-02      year:2024         years:2024/2026 (end exclusive)
    quarter:2024-Q4     half:2024-H1       season:2024-summer
    decade:1980         century:20            days:2025-06-19/20 (both included)
Forms relative to the reference date:
    weekday:fri         month:10           month-day:02-07   days:06-19/20
    weekend:sat         (the weekend that begins with the Saturday that weekday:sat would mean)
    quarter:4           half:1
    season:summer       offset:day:-1      offset:week:-2    offset:month:-3   offset:year:-2
    last:week  this:month  next:year       (week, weekend, month, quarter, year, decade, century)
    last:fri   this:fri    next:fri
    last:n:year:5       next:n:day:10      (the stretch of that length that ends or begins today)
    INNER|OUTER                            (INNER within OUTER: "month:10|last:year")
A suffix `@past` or `@future` gives the direction of a form that needs one, `@last`, `@this` and
`@next` say that the words do ("last September"). Without a suffix `tense` decides, and without a
tense the past, because news reports what has happened.

Forms that no reference date resolves are kept as they are and resolve to None: `following:week`,
which counts from another date of the text, and `INNER|event:WORDS`, which counts from an event that
the text names ("offset:day:-n|event:taking-office": days before taking office).

Weeks run from Monday to Sunday (ISO 8601); weekends are Saturday and Sunday; seasons are the
meteorological ones of the northern hemisphere. Belongs here: this arithmetic. Does not belong here:
finding dates in text (`extract.dates`).
"""

from collections.abc import Callable
from datetime import date, timedelta

Interval = tuple[date, date]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SEASON_START = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_DIRECTIONS = ("past", "future", "last", "this", "next")
_DAY = timedelta(days=1)

# A day and month without a year are of the year that puts them nearest to the reference date; a
# tense overrides that only where the nearest one lies further off than this many days. On the news
# sets MEANTIME and TempEval-3 (dev) no such date lay further than 120 days from its article's.
_NEAREST_HOLDS_DAYS = 120


def resolve(expression: str, reference: date | None, tense: str | None = None) -> Interval | None:
    """The half-open interval `[first day, day after the last)` that a normal form means.

    Args:
        expression: a normal form, as described in the module's head.
        reference: the day that relative forms count from; with None only absolute forms resolve.
        tense: "past" or "future", for forms that don't say their direction.

    Returns:
        None if the form is unknown, impossible (30 February) or needs a reference that is missing.
    """
    if "|" in expression:
        inner, _, outer = expression.partition("|")
        return _resolve_within(inner, outer, reference, tense)
    form, _, suffix = expression.partition("@")
    if suffix and suffix not in _DIRECTIONS:
        return None
    kind, _, rest = form.partition(":")
    try:
        if kind in _ABSOLUTE and _is_absolute(kind, rest):
            return _ABSOLUTE[kind](rest)
        if reference is None or kind not in _RELATIVE:
            return None
        return _RELATIVE[kind](rest, reference, suffix or tense or "past")
    except (ValueError, OverflowError, KeyError):
        return None


def is_absolute(expression: str) -> bool:
    """Whether a normal form means the same days whatever the reference date."""
    if "|" in expression:
        return is_absolute(expression.split("|", 1)[1])
    kind, _, rest = expression.partition("@")[0].partition(":")
    return kind in _ABSOLUTE and _is_absolute(kind, rest)


def _is_absolute(kind: str, rest: str) -> bool:
    return kind in ("day", "year", "years", "decade", "century") or (
        len(rest) > 4 and rest[:4].isdigit()
    )


def _resolve_within(
    inner: str, outer: str, reference: date | None, tense: str | None
) -> Interval | None:
    """The stretch that `inner` means inside the stretch that `outer` means."""
    around = resolve(outer, reference, tense)
    if around is None:
        return None
    found = resolve(inner.partition("@")[0] + "@future", around[0])
    return found if found and around[0] <= found[0] < around[1] else None


# --- absolute forms -----------------------------------------------------------------------------


def _month_start(year: int, month: int) -> date:
    """First day of a month; months outside 1..12 count over into other years."""
    carried, index = divmod(month - 1, 12)
    return date(year + carried, index + 1, 1)


def _months(year: int, month: int, count: int) -> Interval:
    return _month_start(year, month), _month_start(year, month + count)


def _day(rest: str) -> Interval:
    first = date.fromisoformat(rest)
    return first, first + _DAY


def _days(rest: str) -> Interval:
    first, last = rest.split("/")
    start = date.fromisoformat(first)
    return start, _after_last(start, last)


def _after_last(start: date, last: str) -> date:
    """The day after the `last` day of the month of `start`."""
    if int(last) <= start.day:
        raise ValueError(f"no such days: {start}/{last}")
    return start.replace(day=int(last)) + _DAY


def _month(rest: str) -> Interval:
    return _months(int(rest[:4]), _month_number(rest[5:]), 1)


def _month_number(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 12:
        raise ValueError(f"no such month: {text}")
    return number


def _year(rest: str) -> Interval:
    return date(int(rest), 1, 1), date(int(rest) + 1, 1, 1)


def _years(rest: str) -> Interval:
    first, last = rest.split("/")
    if int(first) >= int(last):
        raise ValueError(f"no such years: {rest}")
    return date(int(first), 1, 1), date(int(last), 1, 1)


def _quarter(rest: str) -> Interval:
    number = int(rest[6:])
    if not 1 <= number <= 4:
        raise ValueError(f"no such quarter: {rest}")
    return _months(int(rest[:4]), 3 * number - 2, 3)


def _half(rest: str) -> Interval:
    return _months(int(rest[:4]), 1 if rest.endswith("H1") else 7, 6)


def _season(rest: str) -> Interval:
    return _months(int(rest[:4]), _SEASON_START[rest[5:]], 3)


def _decade(rest: str) -> Interval:
    return date(int(rest), 1, 1), date(int(rest) + 10, 1, 1)


def _century(rest: str) -> Interval:
    return date(100 * int(rest) - 99, 1, 1), date(100 * int(rest) + 1, 1, 1)


_ABSOLUTE: dict[str, Callable[[str], Interval]] = {
    "day": _day,
    "days": _days,
    "month": _month,
    "year": _year,
    "years": _years,
    "quarter": _quarter,
    "half": _half,
    "season": _season,
    "decade": _decade,
    "century": _century,
}


# --- forms relative to a reference date ---------------------------------------------------------


def _next_weekday(day: date, weekday: str) -> date:
    """The first such weekday on or after a day."""
    return day + timedelta(days=(WEEKDAYS.index(weekday) - day.weekday()) % 7)


def _weekday(rest: str, reference: date, direction: str) -> Interval:
    following = _next_weekday(reference, rest)
    if direction == "next":
        following = _next_weekday(reference + _DAY, rest)
    elif direction == "last":
        following = _next_weekday(reference - 7 * _DAY, rest)
    elif direction == "this":
        following = _next_weekday(reference - reference.weekday() * _DAY, rest)
    elif direction == "past" and following > reference:
        following -= 7 * _DAY
    return following, following + _DAY


def _weekend(rest: str, reference: date, direction: str) -> Interval:
    """A weekend in a direction; on a Sunday that of today is both past and to come."""
    day = reference - _DAY if reference.weekday() == 6 else reference
    saturday, _ = _weekday(rest, day, direction)
    return saturday, saturday + 2 * _DAY


def _recurring(candidates: list[Interval], reference: date, direction: str) -> Interval:
    """Which of the yearly (or otherwise) recurring stretches is meant, given in order."""
    if direction == "this":
        return next(c for c in candidates if c[0].year == reference.year)
    if direction == "next":
        return next(c for c in candidates if c[0] > reference)
    if direction == "future":
        return next(c for c in candidates if c[1] > reference)
    past = [c for c in candidates if (c[1] if direction == "last" else c[0]) <= reference]
    return past[-1]


def _named_month(rest: str, reference: date, direction: str) -> Interval:
    number = _month_number(rest)
    years = range(reference.year - 2, reference.year + 3)
    return _recurring([_months(year, number, 1) for year in years], reference, direction)


def _month_day(rest: str, reference: date, direction: str) -> Interval:
    month, day = int(rest[:2]), int(rest[3:])
    candidates = []
    for year in range(reference.year - 8, reference.year + 9):  # 29 February recurs within 8 years
        if (month, day) != (2, 29) or _is_leap(year):
            first = date(year, month, day)
            candidates.append((first, first + _DAY))
    if direction not in ("past", "future"):
        return _recurring(candidates, reference, direction)
    nearest = min(candidates, key=lambda c: abs((c[0] - reference).days))
    if abs((nearest[0] - reference).days) <= _NEAREST_HOLDS_DAYS:
        return nearest
    return _recurring(candidates, reference, direction)


def _named_days(rest: str, reference: date, direction: str) -> Interval:
    first, last = rest.split("/")
    start, _ = _month_day(first, reference, direction)
    return start, _after_last(start, last)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _named_quarter(rest: str, reference: date, direction: str) -> Interval:
    years = range(reference.year - 2, reference.year + 3)
    candidates = [_quarter(f"{year:04d}-Q{int(rest)}") for year in years]
    # Results of a quarter are reported after its end.
    return _recurring(candidates, reference, "last" if direction == "past" else direction)


def _named_half(rest: str, reference: date, direction: str) -> Interval:
    years = range(reference.year - 2, reference.year + 3)
    candidates = [_half(f"{year:04d}-H{int(rest)}") for year in years]
    return _recurring(candidates, reference, direction)


def _named_season(rest: str, reference: date, direction: str) -> Interval:
    years = range(reference.year - 2, reference.year + 3)
    candidates = [_season(f"{year:04d}-{rest}") for year in years]
    return _recurring(candidates, reference, direction)


def add_months(day: date, count: int) -> date:
    """The same day of the month some months on, or that month's last day where it is shorter."""
    first = _month_start(day.year, day.month + count)
    last = _month_start(day.year, day.month + count + 1) - _DAY
    return first.replace(day=min(day.day, last.day))


def _offset(rest: str, reference: date, direction: str) -> Interval:
    unit, count_text = rest.split(":")
    count = int(count_text)
    if unit in ("day", "week"):
        first = reference + count * (1 if unit == "day" else 7) * _DAY
        return first, first + _DAY
    if unit == "month":
        return _months(reference.year, reference.month + count, 1)
    if unit == "quarter":
        return _around("quarter", add_months(reference, 3 * count))
    years = count * {"year": 1, "decade": 10, "century": 100}[unit]
    return _year(str(reference.year + years))


def _around(unit: str, day: date) -> Interval:
    """The calendar week, month, quarter, year, ... that holds a day."""
    if unit in ("week", "weekend"):
        monday = day - day.weekday() * _DAY
        return monday + (5 * _DAY if unit == "weekend" else timedelta()), monday + 7 * _DAY
    if unit == "month":
        return _months(day.year, day.month, 1)
    if unit == "quarter":
        return _months(day.year, 3 * ((day.month - 1) // 3) + 1, 3)
    if unit == "decade":
        return _decade(str(day.year - day.year % 10))
    if unit == "century":
        return _century(str((day.year - 1) // 100 + 1))
    return _year(str({"year": day.year}[unit]))


_STEP_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def _stepped(step: int) -> Callable[[str, date, str], Interval]:
    """A reader of `last:` (-1), `this:` (0) and `next:` (1) forms."""

    def read(rest: str, reference: date, direction: str) -> Interval:
        if rest.startswith("n:"):
            return _stretch(rest[2:], reference, step)
        if rest in WEEKDAYS:
            return _weekday(rest, reference, ("last", "this", "next")[step + 1])
        if rest == "day":
            return _offset(f"day:{step}", reference, direction)
        if rest in ("week", "weekend"):
            # "Last weekend", said on a Sunday, is the one before the weekend that is going on.
            return _around(rest, reference + 7 * step * _DAY)
        return _around(rest, add_months(reference.replace(day=1), step * _STEP_MONTHS[rest]))

    return read


def _stretch(rest: str, reference: date, step: int) -> Interval:
    """The stretch of so many units that ends (-1) or begins (1) with the reference date."""
    unit, count_text = rest.split(":")
    count = int(count_text)
    if count < 1:
        raise ValueError(f"no such stretch: {rest}")
    if unit in ("day", "week"):
        far = reference + step * count * (1 if unit == "day" else 7) * _DAY
    else:
        far = add_months(reference, step * count * _STEP_MONTHS[unit])
    return (far, reference) if step < 0 else (reference, far)


_RELATIVE: dict[str, Callable[[str, date, str], Interval]] = {
    "weekday": _weekday,
    "weekend": _weekend,
    "month": _named_month,
    "month-day": _month_day,
    "days": _named_days,
    "quarter": _named_quarter,
    "half": _named_half,
    "season": _named_season,
    "offset": _offset,
    "last": _stepped(-1),
    "this": _stepped(0),
    "next": _stepped(1),
}
