-- error, blocking
-- The value that a fact shows is the one of rank 1 among its values.
select
    f.fact_id,
    f.subject,
    f.value_id,
    f.value_text,
    v.fact_id as fact_of_value,
    v.rank
from marts.facts as f
left join marts.fact_values as v on f.value_id = v.value_id
where v.fact_id is distinct from f.fact_id or v.rank is distinct from 1
