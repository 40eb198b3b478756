-- error
-- The values of a fact are ranked 1, 2, 3 without a gap or a tie.
select
    fact_id,
    count(*) as value_count,
    list_sort(list(rank)) as ranks
from marts.fact_values
group by fact_id
having list_sort(list(rank)) is distinct from range(1, count(*) + 1)
