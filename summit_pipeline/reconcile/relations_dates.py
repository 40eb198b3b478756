"""How two dates of one event stand to each other.

Belongs here: resolved days. Does not belong here: whether the two are of one event (`slots`).
"""

from summit_pipeline.reconcile.intervals import days_contain, days_overlap
from summit_pipeline.reconcile.readings import Reading
from summit_pipeline.reconcile.relations_amounts import differing
from summit_pipeline.reconcile.scopes import show_days
from summit_pipeline.reconcile.verdicts import Setting, Verdict, order


def relate_dates(a: Reading, b: Reading, setting: Setting) -> Verdict | None:
    """The relation of two dates; None where neither the days nor the wording can be compared."""
    if a.days is None or b.days is None:
        if a.claim.date_expression and a.claim.date_expression == b.claim.date_expression:
            return Verdict(
                "agree", "same_expression", f"{a.quoted} and {b.quoted} say the same words"
            )
        return None
    shown = f"{a.quoted} is {show_days(a.days)}, {b.quoted} is {show_days(b.days)}"
    if a.days == b.days:
        return Verdict("agree", "same_days", shown)
    if days_contain(a.days, b.days) or days_contain(b.days, a.days):
        return Verdict("less_specific", "days_contain", shown)
    if days_overlap(a.days, b.days):
        return Verdict("less_specific", "days_overlap", shown)
    return _planned(a, b, shown) or differing(a, b, setting)


def _planned(a: Reading, b: Reading, shown: str) -> Verdict | None:
    """A date planned for and another one when it is told as done: the plan moved."""
    for plan, done in ((a, b), (b, a)):
        if plan.claim.modality == "planned" and done.claim.modality == "asserted":
            found = order(plan, done)
            if found is None or found[0] is plan:
                return Verdict(
                    "update", "plan_moved", f"planned, then told as done: {shown}", done.claim_id
                )
    if a.claim.modality == b.claim.modality == "planned":
        found = order(a, b)
        if found is not None:
            return Verdict("update", "plan_moved", f"{shown}; {found[2]}", found[1].claim_id)
    return None
