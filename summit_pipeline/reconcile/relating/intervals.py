"""Intervals that a way of writing a figure allows, and half-open stretches of days.

Belongs here: arithmetic on intervals. Does not belong here: what a verdict follows from it.
"""

import math
from dataclasses import dataclass
from datetime import date

from summit_pipeline.vocabulary import Claim

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of amounts; infinite ends where the writing leaves one open."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """Length of the interval; infinite where open."""
        return self.high - self.low


def interval_of(claim: Claim) -> Interval | None:
    """The interval of an amount; an amount without one stands for itself alone."""
    if claim.interval_low is None and claim.interval_high is None:
        return None if claim.value is None else Interval(claim.value, claim.value)
    low = -math.inf if claim.interval_low is None else claim.interval_low
    high = math.inf if claim.interval_high is None else claim.interval_high
    return Interval(min(low, high), max(low, high))


def share_more_than_a_point(a: Interval, b: Interval) -> bool:
    """Whether the common part has a length, or one of the two is itself a point inside the other.

    Intervals that only touch (5.75-5.85 and 5.85-5.95) share no more than a point.
    """
    low, high = max(a.low, b.low), min(a.high, b.high)
    tolerance = 1e-9 * max(1.0, abs(low) if math.isfinite(low) else 1.0)
    if high - low > tolerance:
        return True
    point = a if a.width <= tolerance else b if b.width <= tolerance else None
    other = b if point is a else a
    return point is not None and other.low - tolerance <= point.low <= other.high + tolerance


def contains(outer: Interval, inner: Interval) -> bool:
    """Whether the inner interval lies in the outer one."""
    return outer.low <= inner.low and inner.high <= outer.high


def same_number(a: float, b: float) -> bool:
    """Whether two amounts are equal but for the error of floating point."""
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


# The scale of nearness is a choice: half for each tenth of difference.
_HALVING = math.log(1.1)


def nearness(x: float, y: float) -> float:
    """How near two amounts lie: 1 for equal ones, half for each tenth between them, 0 over zero."""
    return float(0.5 ** (abs(math.log(x / y)) / _HALVING)) if x * y > 0 else 0.0


def digits_of(value: float) -> str:
    """The figures of an amount without leading and closing zeros: "14" for 1,400,000."""
    return f"{abs(value):.10g}".replace(".", "").split("e")[0].strip("0")


def last_step(value: float) -> float:
    """One unit of the last figure that is not zero: 100,000 for 1,100,000, 0.1 for 3.5."""
    figures = f"{abs(value):.10f}".rstrip("0").rstrip(".")
    whole, _, fraction = figures.partition(".")
    if fraction:
        return float(10.0 ** -len(fraction))
    return float(10.0 ** (len(whole) - len(whole.rstrip("0")))) if value else 1.0


def cut_off(short: Claim, long: Claim) -> bool:
    """Whether `short` is `long` with its last digits cut off instead of rounded (43 for 43.885).

    The step of the last digit is the width of the interval that the writing implies.
    """
    interval, finer = interval_of(short), interval_of(long)
    if short.value is None or long.value is None or interval is None or finer is None:
        return False
    step = interval.width
    if not math.isfinite(step) or step <= 2 * finer.width or short.approximator is not None:
        return False
    return 0 <= long.value - short.value < step


def days_overlap(a: Days, b: Days) -> bool:
    """Whether two half-open stretches of days have a day in common."""
    return a[0] < b[1] and b[0] < a[1]


def days_contain(outer: Days, inner: Days) -> bool:
    """Whether the inner stretch lies in the outer one."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]
