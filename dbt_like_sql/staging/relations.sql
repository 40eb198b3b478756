-- Verdicts on pairs of claims.
select
    story_id,
    fact_a,
    fact_b,
    claim_a,
    claim_b,
    kind,
    relation,
    rule,
    reason,
    disagreement_id -- what the two values are, if they differ on the whole
from reconcile.relations
