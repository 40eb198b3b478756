-- Events, each told by one or more documents.
select
    story_id,
    first(title order by is_damaged, published_at nulls last, document_id)
        filter (where title is not null) as title,
    min(published_at) as first_published_at,
    max(published_at) as last_published_at,
    count(*) as document_count,
    count(distinct outlet) as outlet_count,
    count(distinct origin) as origin_count
from intermediate.judged_versions
where is_current and story_id is not null
group by story_id
