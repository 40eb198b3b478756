"""How two claims of one slot stand to each other: scope first, then the rules of their kind.

Belongs here: the order of the questions. Does not belong here: the rules of a kind
(`relations_amounts`, `relations_dates`, `relations_statuses`, `relations_names`, `quotations`).
"""

from collections.abc import Callable, Mapping

from summit_pipeline.reconcile.relating.intervals import digits_of
from summit_pipeline.reconcile.relating.relations_amounts import relate_amounts
from summit_pipeline.reconcile.relating.relations_dates import relate_dates
from summit_pipeline.reconcile.relating.relations_names import relate_names
from summit_pipeline.reconcile.relating.relations_statuses import relate_statuses
from summit_pipeline.reconcile.relating.verdicts import Setting, Verdict
from summit_pipeline.reconcile.slotting.evidence import AMOUNTS, agreement_of
from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.reconcile.slotting.scopes import compare_scopes

_UNREAL = ("conditional", "question")
# Of the marked dev pairs with one figure under two read periods, four in five are one figure. A
# choice: from so many digits on it is taken for one.
_TELLING_DIGITS = 3
_TELLING_COUNT = 1000

_RULES: Mapping[str, Callable[[Reading, Reading, Setting], Verdict | None]] = {
    **dict.fromkeys(sorted(AMOUNTS), relate_amounts),
    "date": relate_dates,
    "name": relate_names,
    "place": relate_names,
    "status": relate_statuses,
}


def relate(a: Reading, b: Reading, setting: Setting) -> Verdict | None:
    """The verdict on two claims of one slot; None if they can't be compared (rule 0).

    Quotations are judged in `quotations`. The verdict does not depend on the order of the two.
    """
    if b.claim_id < a.claim_id:
        a, b = b, a
    kinds = {a.claim.kind, b.claim.kind}
    if len(kinds) > 1 and not (kinds <= {"name", "place"} or kinds <= AMOUNTS):
        return None
    if a.claim.modality in _UNREAL or b.claim.modality in _UNREAL:
        return None
    rule = _RULES.get(a.claim.kind)
    if rule is None:
        return None
    if a.claim.kind in AMOUNTS:
        scope = compare_scopes(a, b)
        if scope is not None and agreement_of(a, b) < 1:
            return scope
        if scope is not None and not _tells(a):
            return None
    return rule(a, b, setting)


def _tells(reading: Reading) -> bool:
    """Whether an equal figure under another period is one figure, whose period was misread.

    "4,051 yards" is hardly two things in one story; "2 percent" is often of two years.
    """
    value = reading.claim.value
    if value is None:
        return False
    counted = reading.claim.kind in ("count", "money") and abs(value) >= _TELLING_COUNT
    return counted or len(digits_of(value)) >= _TELLING_DIGITS
