"""Truth discovery on a claim table: families of sources, weighed votes, one value for each item.

    from summit_pipeline.reconcile.truth_discovery.discovery import discover
    found = discover(claims)          # source, object, attribute, value (+ value_num)
    found.values, found.sources

The steps: tell what kind of values each attribute has (`value_kinds`); numbers within a tolerance
become one value (`number_values`); sources that speak with one voice become one voter (`families`,
`votes`); votes are weighed by accuracy and accuracies learned from votes (`accuracy_voting`); the
best value is chosen, in trees the most specific one of the best branch (`value_trees`), of lists
the one with the best parts (`list_values`).

Belongs here: the order of the steps, the choice. Does not belong here: a step.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from summit_pipeline.reconcile.truth_discovery.accuracy_voting import Outcome, weigh
from summit_pipeline.reconcile.truth_discovery.coded_claims import CodedClaims, Ints, code_claims
from summit_pipeline.reconcile.truth_discovery.families import find_families
from summit_pipeline.reconcile.truth_discovery.list_values import list_odds
from summit_pipeline.reconcile.truth_discovery.number_values import bucket, roundness, tolerances
from summit_pipeline.reconcile.truth_discovery.value_kinds import ValueKind, value_kinds
from summit_pipeline.reconcile.truth_discovery.value_trees import (
    Hierarchy,
    contained_values,
    most_specific,
)
from summit_pipeline.reconcile.truth_discovery.votes import Ballot, one_vote_each

_NOTHING: Ints = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Discovery:
    """What a claim table comes to.

    Attributes:
        values: one row an item: `object`, `attribute`, the chosen `value` and `value_num` as a
            source wrote them, its `probability` against the other values, `vote_count` families
            that state it (of its tolerance) of `votes_on_item`.
        sources: one row a source: `source`, `family` (the name of its family's first source),
            `accuracy` of the family, `contested_count`: items on which the family and another
            voted and the votes differ.
    """

    values: pl.DataFrame
    sources: pl.DataFrame


def discover(
    claims: pl.DataFrame, hierarchy: Hierarchy | None = None, *, collapse_families: bool = True
) -> Discovery:
    """The best supported value of each item, and how far each source can be relied on.

    The order of the rows does not matter, nor do names of sources, objects or attributes, but for
    ties, which go to the text that sorts first.

    Args:
        claims: rows of source, object, attribute, value and, where known, value_num.
        hierarchy: which values contain which, for attributes with such values.
        collapse_families: whether sources that speak with one voice have one vote.

    Raises:
        ClaimTableError: if a column is missing.
    """
    coded = code_claims(claims)
    kinds = value_kinds(coded, hierarchy.names if hierarchy else frozenset())
    meant = bucket(coded, tolerances(coded, _of_kind(kinds, "number")))[coded.value]
    family = np.arange(coded.sources.len())
    if collapse_families:
        family = find_families(coded.source, meant, coded)
    families, voter_of_source = np.unique(family, return_inverse=True)
    voter, value = one_vote_each(voter_of_source[coded.source], meant, coded.item_of_value)
    general, specific = _contained(coded, kinds, hierarchy)
    first_value = np.searchsorted(coded.item_of_value, np.arange(coded.items.height))
    ballot = Ballot(
        voter=voter,
        value=value,
        item_of_value=coded.item_of_value,
        attribute_of_item=coded.values.get_column("attribute").to_numpy()[first_value],
        general=general,
        specific=specific,
    )
    outcome = weigh(ballot, len(families))
    contested = voter[coded.contested(value)[ballot.item]]
    chosen = _choose(coded, kinds, hierarchy, ballot, outcome)
    return Discovery(
        _value_rows(coded, ballot, outcome, chosen),
        pl.DataFrame(
            {
                "source": coded.sources,
                "family": coded.sources.gather(family),
                "accuracy": outcome.accuracy[voter_of_source],
                "contested_count": np.bincount(contested, minlength=len(families))[voter_of_source],
            }
        ),
    )


def _of_kind(kinds: list[ValueKind], kind: ValueKind) -> NDArray[np.bool_]:
    return np.array([found == kind for found in kinds], dtype=bool)


def _contained(
    coded: CodedClaims, kinds: list[ValueKind], hierarchy: Hierarchy | None
) -> tuple[Ints, Ints]:
    if hierarchy is None or "tree" not in kinds:
        return _NOTHING, _NOTHING
    return contained_values(coded.values_of(_of_kind(kinds, "tree")), hierarchy)


def _choose(
    coded: CodedClaims,
    kinds: list[ValueKind],
    hierarchy: Hierarchy | None,
    ballot: Ballot,
    outcome: Outcome,
) -> Ints:
    """The place of the chosen value of each item, in the order of items.

    Ties go to the value with more claims, then to the more precisely written one, then to the
    first in order.
    """
    score = outcome.score.copy()
    if "set" in kinds:
        lists = coded.values_of(_of_kind(kinds, "set"))
        odds = list_odds(lists, ballot.voter, ballot.value)
        places = lists.get_column("place").to_numpy()
        score[places] = odds[places]
    item = coded.item_of_value
    # Sums of the same weights in another order differ in the last digits; they are ties.
    keys = (np.arange(len(score)), roundness(coded), -coded.counts(), -np.round(score, 9), item)
    order = np.lexsort(keys)
    chosen = order[np.unique(item[order], return_index=True)[1]]
    if hierarchy is not None and "tree" in kinds:
        trees = coded.values_of(_of_kind(kinds, "tree"))
        found = most_specific(trees, outcome.own, hierarchy)
        chosen[found.get_column("item").to_numpy()] = found.get_column("place").to_numpy()
    return chosen


def _value_rows(coded: CodedClaims, ballot: Ballot, outcome: Outcome, chosen: Ints) -> pl.DataFrame:
    votes = np.bincount(ballot.value, minlength=coded.values.height)
    on_item = np.bincount(ballot.item, minlength=coded.items.height)
    values = coded.values[chosen]
    return coded.items.with_columns(
        values.get_column("value"),
        values.get_column("value_num"),
        probability=pl.Series(outcome.probability[chosen]),
        vote_count=pl.Series(votes[chosen]),
        votes_on_item=pl.Series(on_item),
    )
