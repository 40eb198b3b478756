"""Claims that the document has made before: summaries of the body, and values said again.

Belongs here: telling these. Does not belong here: comparing documents (`reconcile`).
"""

from collections.abc import Hashable, Mapping, Sequence
from operator import itemgetter
from typing import Any

# The body says it first, wherever it stands; what only sums up or shows the body says it again.
_ORDER = {"body": 0, "embed": 1, "subhead": 2, "title": 3, "caption": 4, "bullet": 5}
_SUMMARIES = frozenset(("title", "caption", "bullet", "subhead"))
_VALUE = itemgetter(
    "kind", "canonical", "value", "unit", "interval_low", "interval_high", "date_expression"
)
_FRAME = itemgetter("measure_head", "actor", "period_text", "polarity")


def repeats(claims: Sequence[Mapping[str, Any]]) -> list[bool]:
    """Whether each claim, given by its columns, repeats another of the document.

    A claim repeats an earlier one if kind, value and frame are the same; in a title, bullet,
    subhead or caption the same value is enough.
    """
    order = sorted(
        range(len(claims)),
        key=lambda i: (_ORDER.get(claims[i]["part"], 9), claims[i]["clean_start"], i),
    )
    framed: set[Hashable] = set()
    bare: set[Hashable] = set()
    found = [False] * len(claims)
    for index in order:
        claim = claims[index]
        value = (_VALUE(claim), claim["parties"] if claim["kind"] == "status" else ())
        frame = (value, _FRAME(claim))
        found[index] = frame in framed or (claim["part"] in _SUMMARIES and value in bare)
        framed.add(frame)
        bare.add(value)
    return found
