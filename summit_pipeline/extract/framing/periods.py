"""The period that a value is of, and the moment for which it is stated.

Belongs here: choosing among the dates of a sentence. Does not belong here: reading dates (`dates`).
A stretch of a month or more is a period ("in 2023", "last year", "the first quarter"); a day or
part of it is a moment ("on Friday"), so are ordering words ("later", "so far").
"""

import functools
import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.lexicons import load_toml
from summit_pipeline.text.patterns import by_first_letter

_PERIOD_KINDS = (
    "year", "years", "month", "quarter", "half", "season", "decade", "century",
    "last:year", "last:month", "last:quarter", "last:n", "last:decade", "this:year", "this:month",
    "this:quarter", "next:year", "next:month", "next:quarter", "next:n", "offset:year",
    "offset:month",
)  # fmt: skip
_LEAD_IN = re.compile(
    r"\b(?:in|by|for|during|since|through|until|over|from|of|between|as of|at the end of)"
    r"(?: the| its| fiscal| calendar| early| late)* ?$",
    re.IGNORECASE,
)
_OVER = re.compile(
    r",? ?\b(?P<lead>over|during|for|within|in) (?P<words>(?:the (?:last|past|next|coming) )?"
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3}) "
    r"(?:years?|months?|weeks?|days?|decades?))\b",
)


class DateLike(Protocol):
    """What this module needs of a date mention (`dates.DateMention`)."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def expression(self) -> str: ...  # noqa: D102
    @property
    def date_start(self) -> date | None: ...  # noqa: D102
    @property
    def date_end(self) -> date | None: ...  # noqa: D102


class Period(NamedTuple):
    """A period: its words, normal form where relative, and days where known (half-open)."""

    text: str
    expression: str | None
    start: date | None
    end: date | None


class Moment(NamedTuple):
    """The moment of a statement: its words, normal form and first day where known."""

    text: str
    expression: str | None
    day: date | None


def is_period(expression: str) -> bool:
    """Whether a date's normal form is a stretch of a month or more."""
    return expression.startswith(_PERIOD_KINDS)


def period_of(
    doc: CleanDocument,
    dates: Sequence[DateLike],
    amount: tuple[int, int],
    measure: tuple[int, int] | None,
    bounds: tuple[int, int],
) -> Period | None:
    """The period of the amount: inside its measure phrase, else right after it, else before.

    Args:
        doc: the document.
        dates: its dates.
        amount: clean offsets of the amount.
        measure: clean offsets of the measure phrase, complements included.
        bounds: clean offsets between the amounts before and after this one, within the sentence.
    """
    inside = [
        d for d in dates
        if bounds[0] <= d.start and d.end <= bounds[1] and is_period(d.expression)
        and not (d.start >= amount[0] and d.end <= amount[1])
    ]  # fmt: skip
    if measure is not None:
        for found in inside:
            if measure[0] <= found.start and found.end <= measure[1]:
                return _period(doc, found)
    after = [d for d in inside if d.start >= amount[1]]
    if after:
        return _period(doc, after[0])
    before = [d for d in inside if d.end <= amount[0]]
    return _period(doc, before[-1]) if before else None


def year_in(
    doc: CleanDocument, dates: Sequence[DateLike], stretch: tuple[int, int]
) -> Period | None:
    """The period named inside a stretch ("Japan's 2024 surplus"), wherever that stands."""
    for found in dates:
        if stretch[0] <= found.start and found.end <= stretch[1] and is_period(found.expression):
            return _period(doc, found)
    return None


def _period(doc: CleanDocument, found: DateLike) -> Period:
    start = found.start
    lead = _LEAD_IN.search(doc.text, max(0, start - 24), start)
    if lead is not None and not doc.text[lead.start() : start].count("\n"):
        start = lead.start()
    days = _days(found)
    return Period(doc.text[start : found.end], found.expression, *days)


def _days(found: DateLike) -> tuple[date | None, date | None]:
    return found.date_start, found.date_end


def over_words(text: str, end: int, stop: int) -> str | None:
    """The words of a duration that an amount is spread over ("over four years"), after `end`."""
    match = _OVER.search(text, end, min(stop, end + 60))
    if match is None or (match["lead"] in ("for", "in") and match.start() > end + 30):
        return None
    return match["words"] if match["lead"] in ("over", "during", "within", "for") else None


@functools.cache
def _moment_words() -> re.Pattern[str]:
    words = [w.strip() for w in load_toml("modality.toml")["as_of_words"].split(";")]
    # Literal first letters, so that the search skips ahead by them; no word before the first.
    alternatives = [
        rf"{first}(?<!\w{first})(?i:{re.escape(word[1:])})\b"
        for word in sorted(filter(None, words), key=len, reverse=True)
        for first in dict.fromkeys((word[0].lower(), word[0].upper()))
    ]
    return re.compile(by_first_letter(alternatives))


def moment_of(
    doc: CleanDocument, dates: Sequence[DateLike], value: tuple[int, int], clause: tuple[int, int]
) -> Moment | None:
    """The moment told in the clause: the nearest day-sized date, and words of order."""
    days = [
        d for d in dates
        if clause[0] <= d.start and d.end <= clause[1] and not is_period(d.expression)
        and not (d.start >= value[0] and d.end <= value[1])
    ]  # fmt: skip
    word = _moment_words().search(doc.text, clause[0], clause[1])
    if not days:
        return Moment(word.group(), None, None) if word else None
    nearest = min(
        days, key=lambda d: (min(abs(d.start - value[1]), abs(value[0] - d.end)), d.start)
    )
    start, _ = _days(nearest)
    text = doc.text[nearest.start : nearest.end]
    if word is not None and not nearest.start <= word.start() < nearest.end:
        text = f"{word.group()} {text}"
    return Moment(text, nearest.expression, start)
