"""Values that are lists of parts, such as the authors of a book: each part is weighed.

Sources leave parts out far more often than they invent some ("first author only"), so whole lists
must not compete as if they excluded each other. The model is the Latent Truth Model of Zhao,
Rubinstein, Gemmell and Han ("A Bayesian Approach to Discovering Truth from Conflicting Sources for
Data Integration", PVLDB 5(6), 2012): a source has a sensitivity (the share of true parts that it
names) and a rate of false parts, with the priors of that paper; here by expectation maximisation
instead of sampling, so that it is deterministic. The value chosen is always one that somebody
states: the list whose parts have the best odds together.

Belongs here: odds of parts and lists. Does not belong here: which attributes hold lists
(`value_kinds`).
"""

import numpy as np
import polars as pl

from summit_pipeline.reconcile.truth_discovery.coded_claims import Floats, Ints, tally
from summit_pipeline.reconcile.truth_discovery.value_kinds import separator_of

# Pseudo-counts after Zhao et al.: false parts named and not named, true parts named and left out.
_FALSE_NAMED = (10.0, 990.0)
_TRUE_NAMED = (50.0, 50.0)
_ROUNDS = 20
_MOST_ODDS = 30.0


def list_odds(values: pl.DataFrame, voter: Ints, value: Ints) -> Floats:
    """Log-odds of each value's parts together, by place; 0 for values that are not in `values`.

    Args:
        values: `place`, `item` and `value` of the values that are lists.
        voter: who states each claim.
        value: the place of the value stated; claims of other values are not heard.
    """
    size = int(values.get_column("place").to_numpy().max(initial=0)) + 1
    mark = separator_of(values.get_column("value")) or "|"
    parts = (
        values.with_columns(part=pl.col("value").str.split(mark).list.unique())
        .explode("part")
        .with_columns(pl.col("part").str.strip_chars())
        .filter(pl.col("part") != "")
    )
    different = parts.select("item", "part").unique().sort("item", "part").with_row_index("code")
    parts = parts.join(different, on=["item", "part"])
    claims = pl.DataFrame({"voter": voter, "place": value}).join(
        values.select("place", "item"), on="place"
    )
    statements = (
        claims.join(different.select("item", "code"), on="item")
        .join(parts.select("place", "code", named=1.0), on=["place", "code"], how="left")
        .select("voter", "code", pl.col("named").fill_null(0.0))
        .sort("voter", "code", "named")
    )
    odds = _part_odds(
        statements.get_column("voter").to_numpy(),
        statements.get_column("code").cast(pl.Int64).to_numpy(),
        statements.get_column("named").to_numpy(),
        different.height,
    )
    places = parts.get_column("place").cast(pl.Int64).to_numpy()
    return tally(places, odds[parts.get_column("code").to_numpy()], size)


def _part_odds(voter: Ints, part: Ints, named: Floats, parts: int) -> Floats:
    """Log-odds that each part belongs, from who names it and who leaves it out."""
    if not len(voter):
        return np.zeros(parts)
    voters = int(voter.max()) + 1
    belongs = tally(part, named, parts) / np.bincount(part, minlength=parts)
    odds = np.zeros(parts)
    for _ in range(_ROUNDS):
        true = belongs[part]
        sensitivity = _rate(voter, true * named, true, _TRUE_NAMED, voters)[voter]
        invention = _rate(voter, (1 - true) * named, 1 - true, _FALSE_NAMED, voters)[voter]
        evidence = np.where(
            named > 0,
            np.log(sensitivity / invention),
            np.log((1 - sensitivity) / (1 - invention)),
        )
        odds = np.clip(tally(part, evidence, parts), -_MOST_ODDS, _MOST_ODDS)
        belongs = 1 / (1 + np.exp(-odds))
    return odds


def _rate(
    voter: Ints, named: Floats, all_parts: Floats, prior: tuple[float, float], voters: int
) -> Floats:
    counted = tally(voter, named, voters) + prior[0]
    return np.asarray(counted / (tally(voter, all_parts, voters) + sum(prior)))
