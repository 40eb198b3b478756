-- error
-- A story counts the documents, outlets and origins that it has.
with counted as (
    select
        story_id,
        count(*) as document_count,
        count(distinct outlet) as outlet_count,
        count(distinct origin) as origin_count
    from marts.documents
    where story_id is not null
    group by story_id
)

select
    s.story_id,
    s.document_count,
    c.document_count as documents_found,
    s.outlet_count,
    c.outlet_count as outlets_found,
    s.origin_count,
    c.origin_count as origins_found
from marts.stories as s
left join counted as c on s.story_id = c.story_id
where
    (s.document_count, s.outlet_count, s.origin_count)
    is distinct from (c.document_count, c.outlet_count, c.origin_count)
