from datetime import datetime

import pytest

from summit_pipeline.normalise.about.publication import publication_time
from summit_pipeline.text.written_dates import read_date

SEEN = datetime(2025, 2, 10)
NOON = datetime(2025, 2, 7, 12)
DAY = datetime(2025, 2, 7)


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("Fri, 07 Feb 2025 12:00:00 GMT", NOON),
        ("Fri, 07 Feb 2025 07:00:00 EST", NOON),
        ("2025-02-07T21:00:00+09:00", NOON),
        ("2025-02-07T12:00:00.000Z", NOON),
        ("20250207T120000Z", NOON),
        ("Feb. 7, 2025 7:00 a.m. ET", NOON),
        ("June 7, 2024 8:00 a.m. ET", datetime(2024, 6, 7, 12)),
        ("2025-02-07 12:00:00", NOON),
        ("Published: 7 February 2025", DAY),
        ("Friday, February 7, 2025", DAY),
        ("07 Feb 25 12:00 GMT", NOON),
        ("07/02/2025", None),
        ("31/01/2025", datetime(2025, 1, 31)),
        ("2025-02-30", None),
        ("2025-02-07T25:61:00Z", None),
        ("Fri, 07 Feb 2025 12:00:00 +9900", None),
        ("1970-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59Z", None),
        ("2025-03-01", None),
        ("1738959300", None),
        ("9" * 5000, None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_as_feeds_write_them(written: str, at: datetime | None) -> None:
    assert read_date(written, not_after=SEEN).at == at


def test_a_stated_order_settles_day_and_month() -> None:
    assert read_date("07/02/2025", order="dmy").at == DAY
    assert read_date("07/02/2025", order="mdy").at == datetime(2025, 7, 2)


def test_the_first_statement_that_is_a_date_counts() -> None:
    lines = ["News, Europe February 7, 2025 No Comments on it"]
    url = "https://example.com/2025/02/06/story"
    assert publication_time("2025-02-08", [], lines, url, SEEN) == (
        datetime(2025, 2, 8),
        "field: day only",
    )
    assert publication_time(None, [("time", "2025-02-07T12:00Z")], lines, url, SEEN) == (
        NOON,
        "html: time",
    )
    assert publication_time("soon", [], lines, url, SEEN) == (DAY, "text: day only")
    assert publication_time(None, [], [], url, SEEN) == (datetime(2025, 2, 6), "url: day only")


def test_without_a_date_the_basis_says_why() -> None:
    assert publication_time(None, [], [], "https://example.com/2025/02/", SEEN) == (None, "none")
    at, basis = publication_time("07/02/2025", [], [], None, SEEN)
    assert at is None
    assert basis == "none: date.ambiguous, field '07/02/2025': day and month may be swapped"
    assert publication_time(None, [], [], "https://example.com/2025/13/45/a", SEEN)[0] is None
    assert publication_time("07/02/2025", [], [], None, SEEN, "dmy") == (DAY, "field: day only")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2025-02-30", "date.unparsable"),
        ("Fri, 07 Feb 2025 12:00:00 +99:00", "date.unparsable"),
        ("07/02/2025", "date.ambiguous"),
        ("1970-01-01", "date.implausible"),
        ("2125-01-01", "date.implausible"),
        ("2025-02-07", None),
    ],
)
def test_no_date_has_the_code_of_its_reason(written: str, reason: str | None) -> None:
    assert read_date(written, not_after=SEEN).reason == reason
