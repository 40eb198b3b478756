"""Whether two dates that differ are of one event.

Belongs here: dates. Does not belong here: how two dates compare (`relations_dates`).
"""

import re
from datetime import timedelta

from summit_pipeline.reconcile.relating.common_words import ONE_SENTENCE, common_context
from summit_pipeline.reconcile.slotting.evidence import nouns
from summit_pipeline.reconcile.slotting.readings import Reading

# Stretches counted from the day of publication: "last week" on a Sunday may be either week.
_LOOSE = re.compile(r"(?:last|this|next|following|offset):(?:n:|week|month|year|quarter|season)")


def one_event(a: Reading, b: Reading) -> bool:
    """Two dates of one event lie next to each other."""
    if a.days is None or b.days is None or not one_occasion(a, b):
        return False
    if _is_loose(a) or _is_loose(b):
        return False
    longest = max(a.days[1] - a.days[0], b.days[1] - b.days[0])
    apart = max(a.days[0], b.days[0]) - min(a.days[1], b.days[1])
    return apart <= max(2 * longest, timedelta(days=7)) if longest.days == 1 else apart < longest


def one_occasion(a: Reading, b: Reading) -> bool:
    """Whether two dates are of one happening; acts of saying happen on any day."""
    if a.head is None or a.head != b.head or a.head in nouns("acts_of_saying"):
        return False
    if a.actor and b.actor and a.actor != b.actor:
        return False
    common = a.parties & b.parties
    # Courts hear, and parliaments vote, on many days to come.
    planned = "planned" in (a.claim.modality, b.claim.modality)
    if len(common) > 1 and not planned:
        return True
    return bool(common) and common_context(a, b) >= ONE_SENTENCE


def _is_loose(reading: Reading) -> bool:
    return _LOOSE.match(reading.claim.date_expression or "") is not None
