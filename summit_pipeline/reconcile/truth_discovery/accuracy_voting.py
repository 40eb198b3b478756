"""Votes weighed by the accuracy of who casts them, and accuracies from how the votes went.

The model is Accu of Dong, Berti-Equille and Srivastava (PVLDB 2(1), 2009): a voter of accuracy A
who states one of n equally likely false values otherwise gives a value the weight
ln(n A / (1 - A)); the values of an item share its probability; the accuracy of a voter is the mean
probability of what it says. Four things are different here.

- **n comes from the data**, per attribute: how often two votes that are both wrong agree. A false
  definition that many sources share (wheels off for gate departure) makes n nearly 1, so that
  counting heads weighs little; typing errors make it large. A fixed n is worse on one of them.
- **Accuracies are smoothed** towards a prior of `PRIOR_VOTES` votes, and the prior is that of
  voters with about as many votes: somebody who turns up once is not judged like a regular.
- **A vote testifies little for itself**: with N votes on an item, 2/N of the evidence for its
  accuracy is what the others say without it. Two voters against each other, each seen only there,
  otherwise both prove themselves right.
- **Values may contain each other** (a town and its country): a general value lends its votes to the
  specific ones, and is right when one of them is.

Belongs here: weights, probabilities, accuracies. Does not belong here: which value is chosen
(`discovery`, `value_trees`), lists of parts (`list_values`).
"""

from dataclasses import dataclass

import numpy as np

from summit_pipeline.reconcile.truth_discovery.coded_claims import Floats, Ints, tally
from summit_pipeline.reconcile.truth_discovery.votes import Ballot

PRIOR_ACCURACY = 0.7
PRIOR_VOTES = 10.0
# Figures change by less than 0.001 between 5 and 30 rounds on all development sets.
ROUNDS = 10
_LEAST, _MOST = 0.01, 0.99  # accuracies: nobody is beyond doubt, nobody's contrary is proof
# False values before anything is known, as in the paper, worth this many agreeing wrong pairs.
_FALSE_VALUES = 10.0
_PRIOR_PAIRS = 20.0
_MOST_FALSE_VALUES = 1_000.0
# A vote weighs something even where its voter is wrong more often than not: descending a tree and
# breaking ties need it.
_LEAST_WEIGHT = 0.01


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the votes come to.

    Attributes:
        accuracy: of each voter.
        score: log-odds weight of the votes for each value, its own and those of general ones;
            -inf where there is none.
        own: the weight of the votes cast for the value itself.
        probability: of each value, against the others of its item.
        vote_counts: votes that each voter's accuracy rests on: those on items with another vote.
        false_values: estimated number of equally likely false values, per attribute.
    """

    accuracy: Floats
    score: Floats
    own: Floats
    probability: Floats
    vote_counts: Ints
    false_values: Floats


def weigh(ballot: Ballot, voters: int) -> Outcome:
    """Weigh votes and learn accuracies from them, in turns.

    Args:
        ballot: the votes, one per voter and item.
        voters: how many voters there are; those without a vote keep the prior.
    """
    values = len(ballot.item_of_value)
    items = len(ballot.attribute_of_item)
    item = ballot.item
    votes_on_item = np.bincount(item, minlength=items).astype(np.float64)
    judged = (votes_on_item[item] > 1).astype(np.float64)
    vote_counts = tally(ballot.voter, judged, voters)
    heard = np.bincount(ballot.voter, minlength=voters)
    peers = np.floor(np.log2(np.maximum(heard, 1))).astype(np.int64)
    # The share of a claim's probability that it may count towards its voter as it stands.
    as_it_stands = np.maximum(1 - 2 / np.maximum(votes_on_item[item], 1), 0)
    collisions = _Collisions(ballot)
    accuracy = np.full(voters, PRIOR_ACCURACY)
    false_values = np.full(collisions.attributes, _FALSE_VALUES)
    attribute = ballot.attribute_of_item[item]
    unheard = np.bincount(ballot.value, minlength=values) == 0
    own = score = probability = np.zeros(values)
    for _ in range(ROUNDS):
        weight = _weights(accuracy[ballot.voter], false_values[attribute])
        own = tally(ballot.value, weight, values)
        score = own + tally(ballot.specific, own[ballot.general], values)
        score[unheard] = -np.inf
        probability = _probabilities(score, ballot.item_of_value, items)
        right = probability + tally(ballot.general, probability[ballot.specific], values)
        right += tally(ballot.specific, probability[ballot.general], values)
        right = np.minimum(right, 1)[ballot.value]
        others = np.exp(-np.minimum(weight, 30)) * right
        others /= 1 - right + others + 1e-300
        evidence = judged * (as_it_stands * right + (1 - as_it_stands) * others)
        accuracy = _accuracies(tally(ballot.voter, evidence, voters), vote_counts, peers)
        false_values = collisions.false_values(probability)
    return Outcome(accuracy, score, own, probability, vote_counts.astype(np.int64), false_values)


def vote_weights(accuracy: Floats) -> Floats:
    """Log-odds of accuracies: what a vote weighs where false values are never alike by chance."""
    bounded = np.clip(accuracy, _LEAST, _MOST)
    return np.asarray(np.log(bounded / (1 - bounded)))


def expected_weights(accuracy: Floats) -> Floats:
    """What votes weigh before anything is known of the false values, in units of the prior's."""
    prior = np.full(1, PRIOR_ACCURACY)
    return np.asarray(_weights(accuracy, _FALSE_VALUES) / _weights(prior, _FALSE_VALUES))


def _weights(accuracy: Floats, false_values: Floats | float) -> Floats:
    return np.maximum(vote_weights(accuracy) + np.log(false_values), _LEAST_WEIGHT)


def _probabilities(score: Floats, item_of_value: Ints, items: int) -> Floats:
    """Softmax of scores within each item; each item has a vote."""
    highest = np.full(items, -np.inf)
    np.maximum.at(highest, item_of_value, score)
    raised = np.exp(score - highest[item_of_value])
    return np.asarray(raised / tally(item_of_value, raised, items)[item_of_value])


def _accuracies(evidence: Floats, vote_counts: Floats, peers: Ints) -> Floats:
    """Smoothed accuracies; `peers` puts voters with about as many votes into one class."""
    right = np.bincount(peers, evidence)
    votes = np.bincount(peers, vote_counts)
    prior = (right + PRIOR_ACCURACY * PRIOR_VOTES) / (votes + PRIOR_VOTES)
    return np.asarray((evidence + prior[peers] * PRIOR_VOTES) / (vote_counts + PRIOR_VOTES))


class _Collisions:
    """How often two wrong votes on an item agree, per attribute."""

    def __init__(self, ballot: Ballot) -> None:
        items = len(ballot.attribute_of_item)
        self._item = ballot.item_of_value
        self._attribute = ballot.attribute_of_item[self._item]
        self.attributes = int(ballot.attribute_of_item.max(initial=0)) + 1
        votes = np.bincount(ballot.value, minlength=len(self._item)).astype(np.float64)
        alike = votes * (votes - 1) / 2
        others = tally(self._item, votes, items)[self._item] - votes
        # If this value is the true one: pairs of wrong votes, and those of them that agree.
        self._wrong = others * (others - 1) / 2
        self._agreeing = tally(self._item, alike, items)[self._item] - alike

    def false_values(self, probability: Floats) -> Floats:
        """Expected wrong pairs per agreeing wrong pair, smoothed."""
        wrong = tally(self._attribute, probability * self._wrong, self.attributes)
        agreeing = tally(self._attribute, probability * self._agreeing, self.attributes)
        found = (wrong + _FALSE_VALUES * _PRIOR_PAIRS) / (agreeing + _PRIOR_PAIRS)
        return np.asarray(np.clip(found, 1, _MOST_FALSE_VALUES))
