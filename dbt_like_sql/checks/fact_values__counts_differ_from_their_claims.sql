-- error
-- Who stands behind a value can be counted again from the claims that are its witnesses.
with counted as (
    select
        value_id,
        count(distinct document_id) as document_count,
        count(distinct outlet) as outlet_count,
        list_sort(list(distinct origin)) as origins
    from marts.claims
    where is_witness
    group by value_id
)

select
    v.fact_id,
    v.value_id,
    v.value_text,
    v.document_count,
    c.document_count as documents_found,
    v.outlet_count,
    c.outlet_count as outlets_found,
    v.origins,
    c.origins as origins_found
from marts.fact_values as v
left join counted as c on v.value_id = c.value_id
where
    v.document_count <> coalesce(c.document_count, 0)
    or v.outlet_count <> coalesce(c.outlet_count, 0)
    or v.origin_count <> len(v.origins)
    or v.origins <> coalesce(c.origins, [])
