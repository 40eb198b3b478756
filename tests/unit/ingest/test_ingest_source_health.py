"""A source is judged by its own past: late for a wire is early for a weekly."""

from datetime import datetime, timedelta

import pytest

from summit_pipeline.ingest.source_health import is_alive, is_not_silent, yields_as_usual
from summit_pipeline.ingest.tables import FetchState, ReadOutcome, SourceRead

START = datetime(2025, 1, 6)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def read(
    at: datetime,
    *,
    items: int = 20,
    new: int = 0,
    quarantined: int = 0,
    outcome: ReadOutcome = "read",
) -> SourceRead:
    return SourceRead(
        run_id=at.isoformat(), source="s", read_at=at, outcome=outcome,
        reason="fetch.dns" if outcome == "failed" else None,
        items=items, new=new, changed=0, quarantined=quarantined,
    )  # fmt: skip


def hourly_on_weekdays(days: int) -> list[SourceRead]:
    """A read every hour; something new in office hours."""
    times = [START + hour * HOUR for hour in range(days * 24)]
    return [read(at, new=int(at.weekday() < 5 and 8 <= at.hour < 18)) for at in times]


@pytest.mark.parametrize(
    ("reads", "silence", "level"),
    [
        pytest.param(hourly_on_weekdays(12), 60 * HOUR, "fine", id="a weekend"),
        pytest.param(hourly_on_weekdays(26), 7 * DAY, "warn", id="a week of a daily source"),
        pytest.param(
            [read(START + n * 7 * DAY, new=1) for n in range(12)], 8 * DAY, "fine", id="a weekly"
        ),
        pytest.param(
            [read(START + n * 7 * DAY, new=1) for n in range(12)], 16 * DAY, "warn", id="two missed"
        ),
        pytest.param(
            [read(START + n * HOUR, new=1) for n in range(5)], 90 * DAY, "fine", id="too few"
        ),
        pytest.param([read(START + n * HOUR) for n in range(50)], 90 * DAY, "fine", id="nothing"),
    ],
)
def test_silence(reads: list[SourceRead], silence: timedelta, level: str) -> None:
    last = max((r.read_at for r in reads if r.new), default=START)
    assert is_not_silent(reads, last + silence).level == level


def test_one_outage_does_not_hide_the_next() -> None:
    before = [read(START + n * HOUR, new=1) for n in range(100)]
    after = [read(START + 30 * DAY + n * HOUR, new=1) for n in range(100)]
    verdict = is_not_silent([*before, *after], after[-1].read_at + 4 * DAY)
    assert verdict.level == "warn"
    assert "4 days ago; usually one comes every 60 minutes" in verdict.reason


@pytest.mark.parametrize(
    ("latest", "level"),
    [
        pytest.param(read(START, items=0), "warn", id="none"),
        pytest.param(read(START, items=3), "warn", id="hardly any"),
        pytest.param(read(START, items=12), "fine", id="some"),
        pytest.param(read(START, items=2, quarantined=3), "error", id="most refused"),
        pytest.param(read(START, items=20, quarantined=3), "fine", id="few refused"),
        pytest.param(read(START, items=0, outcome="not_modified"), "fine", id="not modified"),
        pytest.param(read(START, items=0, quarantined=1, outcome="failed"), "fine", id="failed"),
    ],
)
def test_yield(latest: SourceRead, level: str) -> None:
    past = [read(START - n * HOUR) for n in (5, 4, 3, 2)]
    assert yields_as_usual([*past, latest]).level == level


def test_a_first_read_is_judged_only_by_what_it_refuses() -> None:
    assert yields_as_usual([read(START, items=0)]).level == "fine"
    assert yields_as_usual([read(START, items=0, quarantined=1)]).level == "error"


def test_life() -> None:
    state = FetchState(source="s", url="https://example.org/", status="failing")
    dead = FetchState(source="s", url="https://example.org/", status="dead", failing_since=START)
    failed = read(START, outcome="failed")
    assert is_alive(read(START), state).level == "fine"
    assert is_alive(failed, state).level == "warn"
    assert is_alive(failed, None).level == "error"
    verdict = is_alive(failed, dead)
    assert verdict.level == "error"
    assert "fetch.dns" in verdict.reason
    assert "fails since 2025-01-06" in verdict.reason
