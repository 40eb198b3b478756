-- What documents speak of, with the best supported value: the first of its values.
with first_seen as (
    select
        fact_id,
        first(first_run_id order by first_seen_at, first_run_id) as first_run_id
    from intermediate.first_runs
    group by fact_id
),

decided as (
    select
        f.fact_id,
        -- Wordings of a remark are no rivals: they are compared in `quotations`.
        case
            when f.kind <> 'quotation' and s.is_unheard then 'undecided'
            when f.kind <> 'quotation' and s.has_rival then 'disputed'
            when f.kind <> 'quotation' and s.has_open_question then 'undecided'
            when s.voter_count = 0 then 'undecided'
            when s.voter_count > 1 then 'settled'
            else 'single_origin'
        end as status,
        s.document_count,
        s.outlet_count,
        s.origin_count,
        s.undetermined_origin_count
    from staging.facts as f
    inner join intermediate.fact_support as s on f.fact_id = s.fact_id
)

select
    f.fact_id,
    f.slot_id,
    f.story_id,
    f.kind,
    f.subject,
    f.scope,
    v.value_id,
    v.value_text,
    v.value,
    f.unit,
    f.value_safe,
    d.status,
    d.document_count,
    d.outlet_count,
    d.origin_count,
    d.undetermined_origin_count,
    -- Three origins and more were measured together, remarks not at all.
    p.share as confidence,
    r.first_run_id,
    w.verdict as review
from staging.facts as f
inner join staging.fact_values as v on f.fact_id = v.fact_id and v.rank = 1
inner join decided as d on f.fact_id = d.fact_id
left join staging.fact_confidences as p
    on d.status = p.status and least(d.origin_count, 3) = p.origins and f.kind <> 'quotation'
left join first_seen as r on f.fact_id = r.fact_id
left join intermediate.latest_reviews as w on f.fact_id = w.subject_id
