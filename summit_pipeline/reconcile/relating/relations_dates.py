"""How two dates of one event stand to each other.

Belongs here: resolved days. Does not belong here: whether the two are of one event (`slots`).
"""

import re
from dataclasses import replace

from summit_pipeline.reconcile.relating.intervals import days_contain, days_overlap
from summit_pipeline.reconcile.relating.relations_amounts import differing
from summit_pipeline.reconcile.relating.verdicts import Setting, Verdict, order
from summit_pipeline.reconcile.slotting.readings import Reading, counts_from_speech
from summit_pipeline.reconcile.slotting.scopes import show_days
from summit_pipeline.reconcile.slotting.terms import likeness


def relate_dates(a: Reading, b: Reading, setting: Setting) -> Verdict | None:
    """The relation of two dates; None where neither the days nor the wording can be compared."""
    if a.days is None or b.days is None:
        return _unresolved(a, b)
    shown = f"{a.quoted} is {show_days(a.days)}, {b.quoted} is {show_days(b.days)}"
    if a.days == b.days:
        return _same_days(a, b, "same_days", shown)
    if days_contain(a.days, b.days) or days_contain(b.days, a.days):
        return Verdict("less_specific", "days_contain", shown)
    if days_overlap(a.days, b.days):
        return Verdict("less_specific", "days_overlap", shown)
    if _one_wording(a) == _one_wording(b) != "":
        said = f"{a.quoted} and {b.quoted} say the same words, and only the year is read apart"
        return _same_days(a, b, "same_expression", said) if _is_calendar_day(a) else None
    # A day doesn't change as a count does: a plan moves, or one of the texts is wrong.
    return _planned(a, b, shown) or differing(a, b, replace(setting, changing=False))


# "November" is the next or the last one, by the tense that was read.
_CALENDAR_DAYS = ("month:", "month-day:")
_COUNTED_FROM = ("weekday:", "last:", "this:", "next:", "following:", "offset:", *_CALENDAR_DAYS)


def _is_calendar_day(reading: Reading) -> bool:
    """Whether only the year is missing, so that the same words in one story are one day."""
    return (reading.claim.date_expression or "").startswith(_CALENDAR_DAYS)


def _one_wording(reading: Reading) -> str:
    """The words that count from the day of publication ("Monday", "a week ago"); else empty.

    Where two texts use the same ones, their days differ by the days of publication alone, which
    often are those of a later edition; that is no difference between the texts. A weekday is the
    same with "last" or "next" before it.
    """
    expression = (reading.claim.date_expression or "").partition("@")[0]
    if not expression.startswith(_COUNTED_FROM):
        return ""
    sort, _, words = expression.partition(":")
    return words if words in _WEEKDAYS or sort == "weekday" else expression


_WEEKDAYS = frozenset(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))


# Two wordings of one remark share most of the words around a date (a choice: half of their weight).
_ONE_REMARK = 0.5


def _unresolved(a: Reading, b: Reading) -> Verdict | None:
    """Dates whose day of reference is not known can only be compared by their words."""
    one, two = a.claim.date_expression, b.claim.date_expression
    if one is None or two is None:
        return None
    said = [r for r in (a, b) if counts_from_speech(r.claim, r.claim.date_expression)]
    one_moment = not said or (len(said) == 2 and likeness(a.context, b.context) >= _ONE_REMARK)
    if one_moment and one.partition("@")[0] == two.partition("@")[0]:
        return _same_days(a, b, "same_expression", f"{a.quoted} and {b.quoted} say the same words")
    return None  # a day that nobody knows agrees and disagrees with nothing


_PART = re.compile(
    r"\b(?:early|late|mid|(?:mid-?)?morning|afternoon|evening|night|noon|midnight)\b"
)


def _parts(reading: Reading) -> frozenset[str]:
    """Words that narrow a day or year down: "late", "early", "night" (evenings are nights)."""
    claim = reading.claim
    start = claim.clean_start - claim.sentence_start
    words = claim.sentence[max(0, start - 8) : start] + claim.value_text
    found = _PART.findall(words.casefold())
    return frozenset("night" if part == "evening" else part for part in found)


def _same_days(a: Reading, b: Reading, rule: str, shown: str) -> Verdict:
    one, two = _parts(a), _parts(b)
    if one == two:
        return Verdict("agree", rule, shown)
    if one <= two or two <= one:
        reason = f"{shown}; only one tells the part: {', '.join(sorted(one ^ two))}"
        return Verdict("less_specific", "part_of_day", reason)
    reason = f"{shown}, but {', '.join(sorted(one))} and {', '.join(sorted(two))}"
    return Verdict("undecided", "part_of_day", reason)


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
