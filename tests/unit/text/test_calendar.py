from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summit_pipeline.text.calendar import WEEKDAYS, add_months, is_absolute, resolve

SATURDAY = date(2025, 2, 8)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def iso(interval):
    return None if interval is None else tuple(day.isoformat() for day in interval)


@pytest.mark.parametrize(
    ("expression", "tense", "days"),
    [
        ("day:2025-02-07", None, ("2025-02-07", "2025-02-08")),
        ("month:2024-12", None, ("2024-12-01", "2025-01-01")),
        ("years:2024/2026", None, ("2024-01-01", "2026-01-01")),
        ("days:2025-06-19/20", None, ("2025-06-19", "2025-06-21")),
        ("days:11-01/03", "past", ("2024-11-01", "2024-11-04")),
        ("half:2024-H2", None, ("2024-07-01", "2025-01-01")),
        ("season:2024-winter", None, ("2024-12-01", "2025-03-01")),
        ("century:20", None, ("1901-01-01", "2001-01-01")),
        ("weekday:sat", None, ("2025-02-08", "2025-02-09")),
        ("weekday:sat@last", None, ("2025-02-01", "2025-02-02")),
        ("weekday:sat@next", None, ("2025-02-15", "2025-02-16")),
        ("weekday:mon", "future", ("2025-02-10", "2025-02-11")),
        ("weekday:mon@past", "future", ("2025-02-03", "2025-02-04")),
        ("this:mon", None, ("2025-02-03", "2025-02-04")),
        ("month:02", None, ("2025-02-01", "2025-03-01")),
        ("month:03", None, ("2024-03-01", "2024-04-01")),
        ("month:03", "future", ("2025-03-01", "2025-04-01")),
        ("month:02@last", None, ("2024-02-01", "2024-03-01")),
        ("month-day:02-29", None, ("2024-02-29", "2024-03-01")),
        ("month-day:12-31", "past", ("2024-12-31", "2025-01-01")),
        ("month-day:09-11", "past", ("2024-09-11", "2024-09-12")),
        ("quarter:4", None, ("2024-10-01", "2025-01-01")),
        ("quarter:1", "future", ("2025-01-01", "2025-04-01")),
        ("offset:week:-2", None, ("2025-01-25", "2025-01-26")),
        ("offset:month:-2", None, ("2024-12-01", "2025-01-01")),
        ("offset:decade:-1", None, ("2015-01-01", "2016-01-01")),
        ("last:weekend", None, ("2025-02-01", "2025-02-03")),
        ("weekend:sat", "past", ("2025-02-08", "2025-02-10")),
        ("weekend:sat@future", None, ("2025-02-08", "2025-02-10")),
        ("this:week", None, ("2025-02-03", "2025-02-10")),
        ("next:quarter", None, ("2025-04-01", "2025-07-01")),
        ("last:decade", None, ("2010-01-01", "2020-01-01")),
        ("next:n:month:6", None, ("2025-02-08", "2025-08-08")),
        ("month:10|last:year", None, ("2024-10-01", "2024-11-01")),
        ("quarter:1|this:year", None, ("2025-01-01", "2025-04-01")),
        ("season:summer|last:year", None, ("2024-06-01", "2024-09-01")),
    ],
)
def test_forms_resolve_to_half_open_intervals(expression, tense, days):
    assert iso(resolve(expression, SATURDAY, tense)) == days


@pytest.mark.parametrize(
    "expression",
    [
        "bogus",
        "following:week",
        "month:13",
        "month-day:02-30",
        "days:06-20/19",
        "days:06-20/31",
        "day:2025-02-30",
        "weekday:xyz",
        "weekday:fri@sometime",
        "last:n:year:0",
        "last:n:year:99999",
        "years:2026/2024",
        "month:10|bogus",
        "last:few:week",
        "offset:day:x",
    ],
)
def test_what_no_reference_resolves_is_none_and_no_error(expression):
    assert resolve(expression, SATURDAY) is None


def test_only_absolute_forms_resolve_without_a_reference():
    assert resolve("year:2024", None) is not None
    assert resolve("month:10|year:2024", None) is not None
    assert resolve("last:month", None) is None
    assert is_absolute("month:2024-10")
    assert not is_absolute("month:10")


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_a_past_weekday_is_within_the_last_seven_days(day, weekday):
    first, end = resolve(f"weekday:{weekday}@past", day)
    assert timedelta(0) <= day - first < timedelta(days=7)
    assert first.weekday() == WEEKDAYS.index(weekday)
    assert end - first == timedelta(days=1)


@given(DAYS, st.integers(1, 12))
def test_past_months_have_begun_and_future_months_are_not_over(day, month):
    assert resolve(f"month:{month:02d}@past", day)[0] <= day
    assert resolve(f"month:{month:02d}@future", day)[1] > day


@given(DAYS, st.integers(-600, 600))
def test_adding_months_keeps_the_day_where_the_month_has_it(day, count):
    moved = add_months(day, count)
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1


@given(DAYS, st.sampled_from(["week", "month", "quarter", "year", "decade"]))
def test_last_this_and_next_touch_each_other(day, unit):
    last, this, following = (resolve(f"{step}:{unit}", day) for step in ("last", "this", "next"))
    assert last[1] == this[0] <= day < this[1] == following[0]
