-- All values of each fact.
select
    value_id,
    fact_id,
    rank,
    value_text,
    value,
    interval_low,
    interval_high,
    state_from,
    state_to,
    stance
from reconcile.fact_values
