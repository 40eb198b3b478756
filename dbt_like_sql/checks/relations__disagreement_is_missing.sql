-- error
-- A relation that belongs to a disagreement finds it.
select
    r.claim_a,
    r.claim_b,
    r.relation,
    r.disagreement_id
from marts.relations as r
left join marts.disagreements as d on r.disagreement_id = d.disagreement_id
where r.disagreement_id is not null and d.disagreement_id is null
