-- How many stand behind what a fact says, and whether anything speaks against it.
-- Behind a remark stand all who quote it, cut or in slightly other words.
with compared as (
    select value_a as value_id, value_b as other_id, relations from intermediate.compared_values
    union all
    select value_b as value_id, value_a as other_id, relations from intermediate.compared_values
),

held as (
    select
        v.fact_id,
        v.value_id,
        v.rank = 1 as is_chosen,
        v.stance,
        coalesce(p.relations, []) as relations
    from staging.fact_values as v
    inner join staging.fact_values as c on v.fact_id = c.fact_id and c.rank = 1
    left join compared as p on c.value_id = p.value_id and v.value_id = p.other_id
),

supporting as (
    select
        h.fact_id,
        c.document_id,
        c.outlet,
        c.origin,
        c.is_origin_known,
        c.voter,
        c.is_heard or not (c.is_withdrawn or bool_or(c.is_heard) over (partition by h.fact_id))
            as is_witness
    from held as h
    inner join intermediate.value_claims as c on h.value_id = c.value_id
    where h.is_chosen or list_has_any(h.relations, ['quote_elided', 'quote_variant'])
),

counted as (
    select
        fact_id,
        count(distinct document_id) filter (where is_witness) as document_count,
        count(distinct outlet) filter (where is_witness) as outlet_count,
        count(distinct origin) filter (where is_witness) as origin_count,
        count(distinct origin) filter (where is_witness and not is_origin_known)
            as undetermined_origin_count,
        count(distinct voter) filter (where is_witness) as voter_count
    from supporting
    group by fact_id
),

opposed as (
    select
        h.fact_id,
        bool_or(h.is_chosen and not s.is_heard) as is_unheard,
        bool_or(h.stance = 'rival') as has_rival,
        bool_or(
            h.stance = 'undecided' and s.is_heard and list_contains(h.relations, 'undecided')
        ) as has_open_question
    from held as h
    inner join intermediate.value_support as s on h.value_id = s.value_id
    group by h.fact_id
)

select
    c.fact_id, -- the fact
    c.document_count, -- documents that support the chosen value
    c.outlet_count, -- outlets that support it
    c.origin_count, -- independent origins that support it
    c.undetermined_origin_count, -- of these, origins whose independence is not known
    c.voter_count, -- voters that support it: origins, families of origins counted once
    o.is_unheard, -- whether nobody states the chosen value who may speak for it
    o.has_rival, -- whether another value excludes it
    o.has_open_question -- whether another value may or may not exclude it
from counted as c
inner join opposed as o on c.fact_id = o.fact_id
