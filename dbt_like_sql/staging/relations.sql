-- Verdicts on pairs of claims.
select
    fact_a,
    fact_b,
    claim_a,
    claim_b,
    kind,
    relation,
    rule,
    reason,
    disagreement_id
from reconcile.relations
