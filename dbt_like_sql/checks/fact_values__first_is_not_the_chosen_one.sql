-- error, blocking
-- The first of a fact's values is the chosen one, and the only one.
select
    fact_id,
    value_id,
    rank,
    stance,
    value_text
from marts.fact_values
where (rank = 1) is distinct from (stance = 'chosen')
