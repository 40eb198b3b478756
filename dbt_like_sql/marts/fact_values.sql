-- All values of each fact: the chosen one, rivals and earlier states.
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
    stance,
    document_count,
    outlet_count,
    origin_count,
    origins
from staging.fact_values
