"""Whether two claims that differ are positively of one thing.

A link says that two claims probably speak of one thing; that is enough where they agree. A
difference that is shown to a reader needs more, and a contradiction, which accuses somebody, most:
the same noun with no modifier that tells the two apart, and either figures so near each other that
they can hardly be of two things, or almost the same sentence; one undertaking of the same parties;
one event, not two acts of saying. Belongs here: the two questions. Does not belong here:
what answers them for a kind (`one_*`), linking (`slots`), verdicts (`relations*`).
"""

from summit_pipeline.reconcile.relating.common_words import (
    SOME_CONTEXT,
    common_context,
    likely,
    much_alike,
)
from summit_pipeline.reconcile.relating.one_amount import (
    is_slip,
    one_amount,
    same_noun,
    somebodys,
    states_both,
    told_apart,
)
from summit_pipeline.reconcile.relating.one_bearer import one_bearer
from summit_pipeline.reconcile.relating.one_event import one_event, one_occasion
from summit_pipeline.reconcile.relating.one_undertaking import one_matter, one_undertaking
from summit_pipeline.reconcile.relating.relations_statuses import PERSONAL_ROADS, road_of
from summit_pipeline.reconcile.slotting.readings import Reading


def surely_one_thing(a: Reading, b: Reading) -> bool:
    """Whether a difference between the two claims is a difference about one thing."""
    kind = a.claim.kind
    if kind == "status":
        return one_undertaking(a, b) and one_matter(a, b)
    if kind == "date":
        return one_event(a, b)
    if kind in ("name", "place"):
        return one_bearer(a, b)
    if told_apart(a, b) or somebodys(a, b) or states_both(a, b):
        return False
    if kind != b.claim.kind:
        return False  # the 2,292nd point is one of 2,302
    if kind == "measure" and not (a.alone and b.alone):
        return False  # a text that gives several clock rates speaks of several models
    if kind in ("measure", "money", "percent", "duration") and (a.listed or b.listed):
        # Options and stages ("128GB or 256GB", "rose from 2 to 3") are several things of one unit.
        return (bool(a.parties & b.parties) or is_slip(a, b)) and one_amount(a, b)
    if kind == "age":
        return a.actor is not None and a.actor == b.actor
    return one_amount(a, b)


def perhaps_one_thing(a: Reading, b: Reading) -> bool:
    """Whether it is worth telling a reader that two claims may differ about one thing."""
    if surely_one_thing(a, b):
        return True
    kind = a.claim.kind
    if kind == "status":
        near = road_of(a) not in PERSONAL_ROADS or common_context(a, b) >= SOME_CONTEXT
        return near and one_undertaking(a, b)
    if kind in ("age", "name", "place"):
        return False
    if kind == "date":
        return one_occasion(a, b) and likely(a, b)
    if told_apart(a, b) or (kind == "measure" and somebodys(a, b)):
        return False
    return (likely(a, b) and same_noun(a, b)) or much_alike(a, b)
