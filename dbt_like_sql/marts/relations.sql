-- How two claims stand to each other, with the rule and the reason.
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
from staging.relations
