-- error, blocking
-- Only claims of one story are compared.
select
    r.claim_a,
    r.claim_b,
    r.relation,
    a.story_id as story_a,
    b.story_id as story_b
from marts.relations as r
inner join marts.claims as a on r.claim_a = a.claim_id
inner join marts.claims as b on r.claim_b = b.claim_id
where a.story_id is distinct from b.story_id
