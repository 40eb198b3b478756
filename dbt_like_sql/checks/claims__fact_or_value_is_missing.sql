-- error, blocking
-- A claim that has a fact has one of that fact's values, and both exist.
select
    c.claim_id,
    c.fact_id,
    c.value_id,
    v.fact_id as fact_of_value
from marts.claims as c
left join marts.facts as f on c.fact_id = f.fact_id
left join marts.fact_values as v on c.value_id = v.value_id
where
    (c.fact_id is not null or c.value_id is not null)
    and (f.fact_id is null or v.fact_id is distinct from c.fact_id)
