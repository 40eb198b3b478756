"""Whether a source is alive, as talkative as it used to be, and gives what it used to give.

Belongs here: verdicts on one source, learned from its own past reads; each is a sentence. Does not
belong here: where the reads are kept (`warehouse`), Dagster's checks (`defs`), printing (`cli`).

The verdicts speak of sources, never of articles. A source with too short a past is not judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

from summit_pipeline.ingest.tables import FetchState, SourceRead

Level = Literal["fine", "warn", "error"]

# Calibration: arrivals were simulated for a wire (15 min), daily news with quiet nights and
# weekends (1 h, 6 h), an office on weekdays (2 h, a day), a weekly, a monthly, and a blog with
# bursts and weeks between them; 12 seeds each. Twice the second longest of the last 200 gaps, never
# under three days, gives 0 to 0.4 false alarms in 1,000 gaps, 2 for the slow office and 5 for the
# bursts, and tells after 3 days for daily news, 6 for the office, 15 for the weekly. The longest
# gap of all would let one outage hide the next; a multiple of the median alarms on every weekend.
TIMES_ITS_GAP = 2
SILENT_AT_LEAST = timedelta(days=3)
GAPS_NEEDED = 8
GAPS_KEPT = 200

# A feed shows its last 10 to 50 entries at each read, so its yield hardly moves; a fifth of the
# usual number is another page or a broken one. Chosen, not measured.
READS_NEEDED = 3
READS_KEPT = 20
FEWER_THAN = 0.2
REFUSED_MORE_THAN = 0.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict on a source, with the sentence that gives its grounds."""

    level: Level
    reason: str


def is_alive(read: SourceRead, state: FetchState | None) -> Verdict:
    """Whether the source could be read at its last turn.

    Args:
        read: its latest read.
        state: what is remembered of it, if it is fetched.
    """
    if read.outcome != "failed":
        return Verdict("fine", f"It was read on {_day(read.read_at)}.")
    why = f"It could not be read on {_day(read.read_at)} ({read.reason})"
    if state is None:
        return Verdict("error", f"{why}.")
    since = f", and fails since {_day(state.failing_since)}" if state.failing_since else ""
    if state.status == "dead":
        return Verdict(
            "error",
            f"{why}{since}; it is tried once a day now. Correct its address, or set "
            "enabled = false.",
        )
    again = f"; next turn after {_day(state.next_due_at)}" if state.next_due_at else ""
    return Verdict("warn", f"{why}{since}{again}.")


def is_not_silent(reads: Sequence[SourceRead], now: datetime) -> Verdict:
    """Whether something new came within twice the time that it takes at its slowest.

    Args:
        reads: the source's reads, oldest first.
        now: the time of the verdict (UTC).
    """
    arrivals = [read.read_at for read in reads if read.new]
    if not arrivals:
        return Verdict("fine", "Nothing has come yet: not judged.")
    gaps = [b - a for a, b in pairwise(arrivals)][-GAPS_KEPT:]
    silence = now - arrivals[-1]
    told = f"The last new item came on {_day(arrivals[-1])}, {span(silence)} ago"
    if len(gaps) < GAPS_NEEDED:
        return Verdict("fine", f"{told}. Not judged before {GAPS_NEEDED + 1} arrivals.")
    in_order = sorted(gaps)
    slowest = in_order[-2]
    middle = in_order[len(gaps) // 2]
    usual = f"usually one comes every {span(middle)}, at the slowest {span(slowest)}"
    silent = silence > max(SILENT_AT_LEAST, TIMES_ITS_GAP * slowest)
    return Verdict("warn" if silent else "fine", f"{told}; {usual}.")


def yields_as_usual(reads: Sequence[SourceRead]) -> Verdict:
    """Whether its latest read gave what reads of it give, in a form that can be used.

    Args:
        reads: the source's reads, oldest first; the last one is judged.
    """
    read = reads[-1]
    if read.outcome != "read":
        return Verdict("fine", "Nothing was delivered this time: not judged.")
    told = f"It held {read.items:,} usable item{'' if read.items == 1 else 's'}"
    if read.quarantined > REFUSED_MORE_THAN * (read.items + read.quarantined):
        return Verdict(
            "error",
            f"{told}, and {read.quarantined:,} that could not be used: `summit quarantine list` "
            "tells why. Its form has probably changed.",
        )
    past = [r.items for r in reads[:-1] if r.outcome == "read" and r.items][-READS_KEPT:]
    if len(past) < READS_NEEDED:
        return Verdict("fine", f"{told}. Not judged before {READS_NEEDED + 1} reads.")
    usual = median(past)
    fewer = read.items < FEWER_THAN * usual
    return Verdict("warn" if fewer else "fine", f"{told}; usually it holds {usual:,.0f}.")


def span(length: timedelta) -> str:
    """A length of time in its greatest fitting unit: 45 minutes, 6 hours, 12 days."""
    minutes = length.total_seconds() / 60
    for unit, of_minutes, limit in (("minute", 1, 90), ("hour", 60, 48 * 60)):
        if minutes < limit:
            return _counted(minutes / of_minutes, unit)
    return _counted(minutes / 1440, "day")


def _day(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "?"


def _counted(number: float, unit: str) -> str:
    return f"{number:.0f} {unit}{'' if round(number) == 1 else 's'}"
