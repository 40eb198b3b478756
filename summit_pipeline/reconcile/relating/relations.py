"""How two claims of one slot stand to each other: scope first, then the rules of their kind.

Belongs here: the order of the questions. Does not belong here: the rules of a kind
(`relations_amounts`, `relations_dates`, `relations_statuses`, `relations_names`, `quotations`).
"""

from collections.abc import Callable, Mapping

from summit_pipeline.reconcile.relating.relations_amounts import relate_amounts
from summit_pipeline.reconcile.relating.relations_dates import relate_dates
from summit_pipeline.reconcile.relating.relations_names import relate_names
from summit_pipeline.reconcile.relating.relations_statuses import relate_statuses
from summit_pipeline.reconcile.relating.verdicts import Setting, Verdict
from summit_pipeline.reconcile.slotting.evidence import AMOUNTS
from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.reconcile.slotting.scopes import compare_scopes

_UNREAL = ("conditional", "question")

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
        if scope is not None:
            return scope
    return rule(a, b, setting)
