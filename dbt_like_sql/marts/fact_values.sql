-- All values of each fact, with who stands behind them: the chosen one, rivals and earlier states.
select
    v.value_id,
    v.fact_id,
    v.rank,
    v.value_text,
    v.value,
    v.interval_low,
    v.interval_high,
    v.state_from,
    v.state_to,
    v.stance,
    s.document_count,
    s.outlet_count,
    s.origin_count,
    s.origins
from staging.fact_values as v
inner join intermediate.value_support as s on v.value_id = s.value_id
