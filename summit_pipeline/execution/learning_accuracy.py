"""How often outlets were right, learned from the contested facts of past stories.

A fact of which origins state values that exclude each other is an item of truth discovery, its
values are the answers, and the voters are origins: an agency's copies speak for the agency, not for
the outlets that print them. Sources that always agree become one family before anything is weighed
(`reconcile.truth_discovery`). Remarks are left out, since their wordings differ for other reasons
than error, and so are states of things that change.

Belongs here: which claims are votes, from how many on an accuracy counts, the file. Does not belong
here: the method (`reconcile.truth_discovery`), its use (`reconcile.outlet_accuracies`).
"""

from dataclasses import dataclass

import polars as pl

from summit_pipeline.reconcile.truth_discovery.discovery import discover

MIN_CONTESTED = 50
"""Contested facts from which on an accuracy counts. On draws of five sources and twenty to a
hundred items of the flight data, learned weights changed the share of right values by -0.7 to +3.5
points without a pattern; families of sources can be told from fifty shared items on."""

VOTES = """
SELECT d.origin AS source, c.fact_id AS object, c.kind AS attribute, c.value_id AS value
FROM marts.claims c JOIN marts.documents d USING (document_id)
WHERE c.is_current AND NOT c.is_repeat AND c.modality = 'asserted'
  AND c.kind NOT IN ('quotation', 'status') AND d.origin IS NOT NULL
  AND (c.relation_to_fact LIKE 'supports%' OR c.relation_to_fact = 'opposes')
  AND c.fact_id NOT IN (
      SELECT unnest([fact_a, fact_b]) FROM marts.disagreements
      WHERE review IN ('dismissed', 'same_fact')
  )
ORDER BY ALL
"""
"""The claim table, from the tables of schema `marts`. Facts whose difference a person has dismissed
are no witnesses of error."""


@dataclass(frozen=True, slots=True)
class LearnedAccuracies:
    """What was learned.

    Attributes:
        rows: `outlet`, `family`, `accuracy`, `contested`: those with enough contested facts.
        contested_facts: how many facts were contested.
        most_contested: the most contested facts of any one origin.
    """

    rows: pl.DataFrame
    contested_facts: int
    most_contested: int


def learn_accuracies(votes: pl.DataFrame) -> LearnedAccuracies:
    """Accuracies of the origins that voted on enough contested facts.

    Args:
        votes: rows of `VOTES`: source, object, attribute, value.
    """
    contested = votes.filter(pl.col("value").n_unique().over("object") > 1)
    if contested.is_empty():
        empty = {"outlet": pl.String, "family": pl.String, "accuracy": pl.Float64}
        return LearnedAccuracies(pl.DataFrame(schema={**empty, "contested": pl.Int64}), 0, 0)
    # Facts that all agree on tell families nothing, but they tell accuracies.
    sources = discover(votes).sources
    rows = (
        sources.filter(pl.col("contested_count") >= MIN_CONTESTED)
        .select(
            "family",
            outlet="source",
            accuracy=pl.col("accuracy").round(4),
            contested=pl.col("contested_count"),
        )
        .select("outlet", "family", "accuracy", "contested")
        .sort("outlet")
    )
    most = int(sources.get_column("contested_count").to_numpy().max(initial=0))
    return LearnedAccuracies(rows, contested.get_column("object").n_unique(), most)


def accuracies_table(learned: LearnedAccuracies) -> str:
    """The rows as a table of a learned version, tab-separated with a comment at its head.

    Tabs and line ends in names become blanks.
    """
    head = (
        "# Learned by `summit learn` from this installation's own stories: how often outlets were\n"
        f"# right on contested facts, from {MIN_CONTESTED} on; a family has one accuracy.\n"
    )
    lines = ["\t".join(" ".join(str(cell).split()) for cell in row) for row in learned.rows.rows()]
    return head + "\n".join(["outlet\tfamily\taccuracy\tcontested", *lines]) + "\n"
