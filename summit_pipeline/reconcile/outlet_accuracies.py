"""How often outlets were right across stories, as far as a pinned learned version knows.

Belongs here: reading what `summit learn` wrote. Does not belong here: learning
(`execution.learning_accuracy`), or what a vote weighs (`deciding.votes`).

Nothing is known unless a run pins a version, and then only of outlets with enough contested facts.
"""

import functools

from summit_pipeline.lexicons.learned import OUTLET_ACCURACIES, learned_rows, pinned_folder
from summit_pipeline.reconcile.tables import OutletAccuracy
from summit_pipeline.reconcile.truth_discovery.accuracy_voting import PRIOR_ACCURACY


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


def reliability(origin: str) -> float:
    """The learned accuracy of an origin, the prior where none was learned.

    For breaking ties between values with equal support: 0.7 for everybody unless a version is
    pinned, so that it changes nothing by default.
    """
    return _by_outlet().get(origin, PRIOR_ACCURACY)


@functools.cache
def _by_outlet() -> dict[str, float]:
    return {row.outlet: row.accuracy for row in outlet_accuracies()}
