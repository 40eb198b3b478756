-- How outlets stand among each other.
with documents as (
    select
        outlet,
        count(*) as document_count,
        avg(cast(text_grade in ('spun', 'rewritten') as integer))
            filter (where text_grade <> 'not_judged') as spun_share,
        avg(cast(origin = outlet as integer))
            filter (where origin_basis not ilike '%undetermined%') as independent_share
    from marts.documents
    group by outlet
),

votes as (
    select
        c.outlet,
        count(*) as claim_count,
        count(*) filter (
            where c.relation_to_fact like 'supports%' and f.origin_count > 1 and not c.is_repeat
        ) as agreed,
        count(*) filter (where c.relation_to_fact = 'opposes' and not c.is_repeat) as opposed
    from marts.claims as c
    left join marts.facts as f on c.fact_id = f.fact_id
    where c.is_current
    group by c.outlet
)

select
    d.outlet,
    d.document_count,
    coalesce(v.claim_count, 0) as claim_count,
    coalesce(v.agreed, 0) as agreed,
    coalesce(v.opposed, 0) as opposed,
    d.spun_share,
    d.independent_share,
    a.accuracy,
    case
        when a.outlet is not null then
            'learned from ' || a.contested_count || ' contested facts, version '
            || a.learned_version
            || case when a.family <> a.outlet then '; one voice with ' || a.family else '' end
        else 'not estimated: no history with enough contested facts has been learned'
    end as accuracy_basis
from documents as d
left join votes as v on d.outlet = v.outlet
left join staging.outlet_accuracies as a on d.outlet = a.outlet
