"""Claims that the document has made before: summaries of the body, and values said again.

Belongs here: marking. Does not belong here: comparing documents (`reconcile`).
"""

from collections.abc import Hashable, Sequence
from dataclasses import replace

from summit_pipeline.vocabulary import Claim

# The body says it first, wherever it stands; what only sums up or shows the body says it again.
_ORDER = {"body": 0, "embed": 1, "subhead": 2, "title": 3, "caption": 4, "bullet": 5}
_SUMMARIES = frozenset(("title", "caption", "bullet", "subhead"))


def mark_repeats(claims: Sequence[Claim]) -> list[Claim]:
    """The same claims in the same order, with `is_repeat` set.

    A claim repeats an earlier one if kind, value and frame are the same; in a title, bullet,
    subhead or caption the same value is enough.
    """
    order = sorted(
        range(len(claims)), key=lambda i: (_ORDER.get(claims[i].part, 9), claims[i].clean_start, i)
    )
    framed: set[Hashable] = set()
    bare: set[Hashable] = set()
    repeated: set[int] = set()
    for index in order:
        claim = claims[index]
        value = _value(claim)
        frame = (value, claim.measure_head, claim.actor, claim.period_text, claim.polarity)
        if frame in framed or (claim.part in _SUMMARIES and value in bare):
            repeated.add(index)
        framed.add(frame)
        bare.add(value)
    return [replace(c, is_repeat=True) if i in repeated else c for i, c in enumerate(claims)]


def _value(claim: Claim) -> Hashable:
    return (
        claim.kind, claim.canonical, claim.value, claim.unit, claim.interval_low,
        claim.interval_high, claim.date_expression,
        claim.parties if claim.kind == "status" else (),
    )  # fmt: skip
