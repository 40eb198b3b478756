"""How much a claim's word counts when values are chosen.

One origin has one voice for each value, however many documents repeat it. Belongs here: the
weight of a voice. Does not belong here: which values there are (`facts`).
"""

from collections.abc import Iterable

from summit_pipeline.reconcile.slotting.evidence import AMOUNTS
from summit_pipeline.reconcile.slotting.readings import Reading

# A machine rewriter exchanges words, hardly ever figures, so a rewritten text keeps a voice on
# figures in digits, but never outvotes a clean one. One half is a choice, not a measurement.
_SPUN_FIGURE = 0.5


def voice(reading: Reading) -> float:
    """Weight of one claim: 0 for what is said twice or in words that a machine chose."""
    claim = reading.claim
    if claim.is_repeat or claim.modality in ("conditional", "question"):
        return 0.0
    if not reading.source.is_spun:
        return 1.0
    figures = claim.kind in AMOUNTS or claim.kind == "date"
    return _SPUN_FIGURE if figures and any(c.isdigit() for c in claim.value_text) else 0.0


def weight(readings: Iterable[Reading]) -> float:
    """Weight of a value: the loudest voice of each origin that states it, summed."""
    loudest: dict[str, float] = {}
    for reading in readings:
        origin = reading.source.origin
        loudest[origin] = max(voice(reading), loudest.get(origin, 0.0))
    return sum(loudest.values())


def origins(readings: Iterable[Reading]) -> tuple[str, ...]:
    """Distinct origins, sorted."""
    return tuple(sorted({r.source.origin for r in readings}))
