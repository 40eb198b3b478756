-- How two claims stand to each other, with the rule and the reason. Two claims that differ belong to
-- a disagreement where that is the verdict on their two values.
select
    r.fact_a,
    r.fact_b,
    r.claim_a,
    r.claim_b,
    r.kind,
    r.relation,
    r.rule,
    r.reason,
    d.disagreement_id
from staging.relations as r
left join intermediate.differing_values as d on r.disagreement_id = d.disagreement_id
