"""How often outlets were right across stories, as far as a pinned learned version knows.

Belongs here: reading what `summit learn` wrote, and what a vote weighs by it. Does not belong here:
learning (`execution.learning_accuracy`), or which claims vote (`deciding.votes`).

Nothing is known unless a run pins a version, and then only of outlets with enough contested facts.
"""

import functools
from dataclasses import dataclass

import numpy as np

from summit_pipeline.lexicons.learned import OUTLET_ACCURACIES, learned_rows, pinned_folder
from summit_pipeline.reconcile.tables import OutletAccuracy
from summit_pipeline.reconcile.truth_discovery.accuracy_voting import expected_weights


@dataclass(frozen=True, slots=True)
class Voter:
    """Who votes with an origin's claims, and what one vote weighs.

    `name` is that of the origin's family, so that members of a family are one voter. The weight is
    the Accu model's for the family's accuracy (`truth_discovery.accuracy_voting`) in units of the
    prior's: 1 for an origin of which nothing was learned, 1.7 for one of accuracy 0.95, 0.7 for
    one of 0.5.
    """

    name: str
    weight: float


@functools.cache
def outlet_accuracies() -> tuple[OutletAccuracy, ...]:
    """The learned accuracies of the pinned version, by outlet; none where nothing is pinned."""
    folder = pinned_folder()
    return tuple(
        OutletAccuracy(
            outlet=row["outlet"],
            family=row["family"],
            accuracy=float(row["accuracy"]),
            contested_count=int(row["contested"]),
            learned_version=folder.name if folder else "",
        )
        for row in learned_rows(OUTLET_ACCURACIES)
    )


def voter_of(origin: str) -> Voter:
    """The voter that an origin is: itself with weight 1 unless something was learned of it."""
    return _voters().get(origin) or Voter(origin, 1.0)


@functools.cache
def _voters() -> dict[str, Voter]:
    known = outlet_accuracies()
    weights = expected_weights(np.array([row.accuracy for row in known], np.float64))
    return {
        row.outlet: Voter(row.family, float(weight))
        for row, weight in zip(known, weights, strict=True)
    }
