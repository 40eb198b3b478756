"""One vote per family and item, with what the votes of an item have to do with each other.

Belongs here: the ballot as arrays. Does not belong here: who is in a family (`families`), what a
vote weighs (`accuracy_voting`).
"""

from dataclasses import dataclass

import numpy as np

from summit_pipeline.reconcile.truth_discovery.coded_claims import Ints


@dataclass(frozen=True, slots=True)
class Ballot:
    """Votes of voters on values.

    Attributes:
        voter: who votes, from 0.
        value: for which value.
        item_of_value: the item of each value, not falling.
        attribute_of_item: the attribute of each item.
        general: values that hold whenever the value at the same place of `specific` holds (a
            country and its town); empty where values exclude each other.
        specific: those values.
    """

    voter: Ints
    value: Ints
    item_of_value: Ints
    attribute_of_item: Ints
    general: Ints
    specific: Ints

    @property
    def item(self) -> Ints:
        """The item of each vote."""
        return self.item_of_value[self.value]


def one_vote_each(voter: Ints, value: Ints, item_of_value: Ints) -> tuple[Ints, Ints]:
    """The votes of voters, one for each item: the value that most of a voter's claims state.

    Of equally many, the value of the smaller code.

    Args:
        voter: the family of each claim's source.
        value: the value claimed.
        item_of_value: the item of each value.
    """
    if not len(voter):
        return voter, value
    voters = int(voter.max()) + 1
    key, claims = np.unique(value * voters + voter, return_counts=True)
    voter, value = key % voters, key // voters
    ballot = item_of_value[value] * voters + voter
    order = np.lexsort((value, -claims, ballot))
    _, first = np.unique(ballot[order], return_index=True)
    chosen = order[first]
    return voter[chosen], value[chosen]
