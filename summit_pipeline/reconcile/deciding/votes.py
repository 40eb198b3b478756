"""How much a claim's word counts when values are chosen.

One origin has one voice for each value, however many documents repeat it. Belongs here: the
weight of a voice. Does not belong here: which values there are (`facts`).
"""

from collections.abc import Iterable, Sequence

from summit_pipeline.reconcile.damage.hearing import is_unheard
from summit_pipeline.reconcile.slotting.readings import Reading

# A machine rewriter exchanges words, hardly ever figures, so a rewritten text keeps a voice on
# figures in digits, but never outvotes a clean one. One half is a choice, not a measurement.
_SPUN_FIGURE = 0.5


def voice(reading: Reading) -> float:
    """Weight of one claim: 0 for what is said twice or in words that a machine chose."""
    claim = reading.claim
    if claim.is_repeat or claim.modality in ("conditional", "question") or is_unheard(reading):
        return 0.0
    return _SPUN_FIGURE if reading.source.is_spun else 1.0


def weight(readings: Iterable[Reading]) -> float:
    """Weight of a value: the loudest voice of each origin that states it, summed."""
    loudest: dict[str, float] = {}
    for reading in readings:
        origin = reading.source.origin
        loudest[origin] = max(voice(reading), loudest.get(origin, 0.0))
    return sum(loudest.values())


def heard(readings: Sequence[Reading]) -> Sequence[Reading]:
    """The claims that count as witnesses; all of them where none does."""
    return [r for r in readings if not is_unheard(r)] or readings


def origins(readings: Iterable[Reading]) -> tuple[str, ...]:
    """Distinct origins, sorted."""
    return tuple(sorted({r.source.origin for r in readings}))
