-- error, blocking
-- Both claims of a relation exist.
select
    r.claim_a,
    r.claim_b,
    r.relation
from marts.relations as r
left join marts.claims as a on r.claim_a = a.claim_id
left join marts.claims as b on r.claim_b = b.claim_id
where a.claim_id is null or b.claim_id is null
