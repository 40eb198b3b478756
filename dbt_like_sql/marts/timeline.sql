-- States of changing things and dated events in order: one row a value and day, with the claim that
-- shows it best. Longer stretches than a month are periods and not days on a line; what is only
-- possible, conditional or asked did not happen on a day; nor did what only a rewriter's words say, or
-- a document that is withdrawn.
with moments as (
    select
        c.story_id,
        c.fact_id,
        c.value_id,
        c.claim_id,
        c.subject,
        c.is_repeat,
        c.confidence,
        d.is_damaged,
        d.published_at,
        case when c.kind = 'date' then c.value_text else v.value_text end as value_text,
        case
            when c.kind = 'date' then c.date_start
            else coalesce(c.as_of, v.state_from)
        end as as_of,
        case
            when c.kind = 'date' then 'the date itself'
            when c.as_of is not null then coalesce(c.as_of_basis, 'stated in the text')
            else 'first day of the state'
        end as as_of_basis
    from marts.claims as c
    inner join staging.fact_values as v on c.value_id = v.value_id
    inner join intermediate.judged_versions as d on c.version_id = d.version_id
    where
        c.is_current
        and c.modality in ('asserted', 'planned')
        and not (d.is_damaged and c.relation_to_fact = 'no_vote')
        and d.document_id not in (select document_id from staging.tombstones)
        and (
            c.kind = 'status'
            or v.state_from is not null
            or (c.kind = 'date' and c.date_end - c.date_start <= 31)
        )
)

select
    story_id,
    as_of,
    as_of_basis,
    subject,
    value_text,
    fact_id,
    value_id,
    claim_id
from moments
where as_of is not null
qualify row_number() over (
    partition by value_id, as_of
    order by is_damaged, is_repeat, confidence desc, published_at nulls last, claim_id
) = 1
