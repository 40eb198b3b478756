-- Pairs of claims that were compared and state two values, of one fact or of two scopes of a slot.
-- The value with the smaller id is the first.
with compared as (
    select
        r.*,
        a.value_id as value_of_a,
        b.value_id as value_of_b,
        a.value_id < b.value_id as is_in_order,
        list_transform(list_zip(a.drawbacks, b.drawbacks), lambda p: p[1] + p[2]) as drawbacks
    from staging.relations as r
    inner join intermediate.value_claims as a on r.claim_a = a.claim_id
    inner join intermediate.value_claims as b on r.claim_b = b.claim_id
    where a.value_id <> b.value_id
)

select
    if(is_in_order, value_of_a, value_of_b) as value_a, -- first value
    if(is_in_order, value_of_b, value_of_a) as value_b, -- second value
    if(is_in_order, claim_a, claim_b) as claim_a, -- claim that states the first
    if(is_in_order, claim_b, claim_a) as claim_b, -- claim that states the second
    story_id, -- their story
    relation, -- how the two claims stand to each other
    rule, -- the rule that decided
    reason, -- the verdict in words
    disagreement_id, -- what the two values are together; NULL where the claims could be one value
    drawbacks -- what makes the pair a poor example, as numbers of its claims
from compared
