"""Rows of relations: the verdicts on claims, with the facts and values that they concern.

Belongs here: from verdicts to rows. Does not belong here: the verdicts themselves (`judging`), the
values (`facts`), or what the verdicts on many claims come to for their two values (SQL:
`dbt_like_sql/intermediate/compared_values.sql`).
"""

from collections.abc import Mapping, Sequence

from summit_pipeline.reconcile.deciding.facts import BuiltFact
from summit_pipeline.reconcile.relating.judging import Pair
from summit_pipeline.reconcile.relating.verdicts import JOINING, Verdict
from summit_pipeline.reconcile.slotting.readings import Reading
from summit_pipeline.reconcile.tables import ClaimRelation
from summit_pipeline.text.identity import stable_id


def relation_rows(
    readings: Mapping[int, Reading],
    verdicts: Mapping[Pair, Verdict],
    facts: Sequence[BuiltFact],
    story_id: str,
) -> list[ClaimRelation]:
    """One row for each pair of claims that got a verdict; `facts` hold all of these claims."""
    fact_of = {i: f.fact.fact_id for f in facts for i in f.value_of}
    value_of = {i: v for f in facts for i, v in f.value_of.items()}
    rows = []
    for pair, verdict in verdicts.items():
        a, b = sorted(pair, key=lambda i: readings[i].claim_id)
        one, other = sorted((value_of[a], value_of[b]))
        differ = one != other and verdict.relation not in JOINING
        rows.append(
            ClaimRelation(
                story_id=story_id,
                fact_a=fact_of[a],
                fact_b=fact_of[b],
                claim_a=readings[a].claim_id,
                claim_b=readings[b].claim_id,
                kind=readings[a].claim.kind,
                relation=verdict.relation,
                rule=verdict.rule,
                reason=verdict.reason,
                disagreement_id=stable_id(one, other) if differ else None,
            )
        )
    return rows
