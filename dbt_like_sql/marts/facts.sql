-- What documents speak of, with the best supported value.
with first_seen as (
    select
        fact_id,
        first(first_run_id order by first_seen_at, first_run_id) as first_run_id
    from intermediate.first_runs
    group by fact_id
)

select
    f.fact_id,
    f.slot_id,
    f.story_id,
    f.kind,
    f.subject,
    f.scope,
    f.value_id,
    f.value_text,
    f.value,
    f.unit,
    f.value_safe,
    f.status,
    f.document_count,
    f.outlet_count,
    f.origin_count,
    f.undetermined_origin_count,
    cast(null as double) as confidence,
    s.first_run_id
from staging.facts as f
left join first_seen as s on f.fact_id = s.fact_id
