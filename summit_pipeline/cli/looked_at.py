"""What the rules looked at in two claims, side by side, for a person who checks a verdict.

Belongs here: putting the compared properties in words. Does not belong here: any rule, or printing.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from summit_pipeline.report.explaining import Compared


def looked_at(compared: Sequence[Compared]) -> list[tuple[str, str, str]]:
    """Name, first and second side of each property that may tell the two claims apart.

    Scope and day are always told, since it matters that none is known; what is as usual on both
    sides (an assertion of the outlet's own) is left out.
    """
    if len(compared) != 2:
        return []
    first, second = compared
    return [
        (name, tell(first), tell(second))
        for name, tell, usual in _PROPERTIES
        if usual is None or (tell(first), tell(second)) != (usual, usual)
    ]


def _meaning(side: Compared) -> str:
    if side.start is not None and side.end is not None:
        last = side.end - timedelta(days=1)
        return str(side.start) if last == side.start else f"{side.start} to {last}"
    if side.low is None and side.high is None:
        return ""
    unit = f" {side.unit}" if side.unit else ""
    if side.low is None:
        return f"up to {_number(side.high)}{unit}"
    if side.low == side.high:
        return f"exactly {_number(side.low)}{unit}"
    high = "" if side.high is None else f" to {_number(side.high)}"
    return f"{'' if high else 'from '}{_number(side.low)}{high}{unit}"


def _number(amount: float | None) -> str:
    """An amount in full, whole where it is: interval ends of figures are sums of halves."""
    told = f"{amount:,.3f}"
    return told.rstrip("0").rstrip(".")


def _scope(side: Compared) -> str:
    if not side.scope:
        return "none stated"
    return side.scope + (
        ", inferred from an agreeing claim" if side.scope_basis == "inferred" else ""
    )


def _day(side: Compared) -> str:
    return f"{side.as_of} ({side.as_of_basis})" if side.as_of else "not known"


def _reality(side: Compared) -> str:
    return ("denied, " if side.polarity < 0 else "") + side.modality


_PROPERTIES: tuple[tuple[str, Callable[[Compared], str], str | None], ...] = (
    ("means", _meaning, ""),
    ("scope", _scope, None),
    ("holds for", _day, None),
    ("said by", lambda side: side.speaker or "the outlet", "the outlet"),
    ("reality", _reality, "asserted"),
    ("text", lambda side: f"graded {side.text_grade}", "graded clean"),
)
