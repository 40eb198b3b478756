"""When a document was published: which of its statements of a date counts.

Belongs here: what the field, the page, the byline lines and the address state, and their order.
Does not belong here: reading a single date (`text.written_dates`), dates that the article speaks
of (`extract`).
"""

import re
from collections.abc import Iterable
from datetime import datetime

from summit_pipeline.text.written_dates import MONTHS, read_date
from summit_pipeline.vocabulary import DateOrder

_IN_LINE = re.compile(
    r"\b(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}"
    r"|\d{1,2}(?:st|nd|rd|th)?\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?,?\s\d{4}"
    r"|\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?)"
    r"(?:(?:,?\s(?:at\s)?|\s[-–|•]\s)\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s\(?[A-Z]{2,4}\)?)?)?",
    re.I,
)
_IN_URL = (
    re.compile(r"/(?P<year>(?:19|20)\d{2})/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?=/|$|[-_.?])"),
    re.compile(r"/(?P<year>(?:19|20)\d{2})/(?P<month_name>[a-z]{3})/(?P<day>\d{1,2})(?=/|$)"),
    re.compile(r"[/_-](?P<year>(?:19|20)\d{2})-(?P<month>\d{2})-(?P<day>\d{2})(?=/|$|[-_.?])"),
    re.compile(r"/(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})(?=/|$|[-_.])"),
)


def publication_time(
    field: str | None,
    page_dates: Iterable[tuple[str, str]],
    date_lines: Iterable[str],
    url: str | None,
    not_after: datetime | None,
    order: DateOrder | None = None,
) -> tuple[datetime | None, str]:
    """The publication time and its basis: the first of the statements that reads as a date.

    Args:
        field: the date delivered with the document.
        page_dates: what the page's source states: where, and as written.
        date_lines: byline and date lines of the text.
        url: the address, whose path may hold a day.
        not_after: the moment the document was first seen.
        order: the order of day and month in the field, where the source states it.

    Where nothing reads as a date, the basis is "none: " with the reason's code and words.
    """
    statements = [("field", field)] if field and field.strip() else []
    statements += [(f"html: {where}", written) for where, written in page_dates]
    statements += [("text", found[0]) for line in date_lines if (found := _IN_LINE.search(line))]
    statements += [("url", written) for written in _url_dates(url)]
    refusals = []
    for basis, written in statements:
        stated = order if basis == "field" else None
        reading = read_date(written, not_after=not_after, order=stated)
        if reading.at is not None:
            return reading.at, f"{basis}: {reading.note}" if reading.note else basis
        refusals.append(f"{reading.reason}, {basis} {written.strip()[:40]!r}: {reading.note}")
    return None, f"none: {refusals[0]}" if refusals else "none"


def _url_dates(url: str | None) -> list[str]:
    """The day in an address' path, in ISO form, at most one."""
    if not url:
        return []
    path = url[:2048].split("?", 1)[0].split("#", 1)[0].lower()
    for form in _IN_URL:
        match = form.search(path)
        if match:
            parts = match.groupdict()
            month = MONTHS.get(parts.get("month_name") or "") or int(parts.get("month") or 0)
            return [f"{parts['year']}-{month:02d}-{int(parts['day']):02d}"]
    return []
