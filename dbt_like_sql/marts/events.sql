-- Events, each told by one or more documents: parts of a story with terms of their own.
select
    j.event_id,
    j.story_id,
    coalesce(
        first(j.title order by j.is_damaged, j.published_at nulls last, j.document_id)
            filter (where j.title is not null),
        -- No document has a title: the beginning of the first one stands in for it.
        first(
            trim(regexp_replace(left(t.raw_text, 120), '\s+', ' ', 'g'))
            order by j.is_damaged, j.published_at nulls last, j.document_id
        )
    ) as title,
    min(j.published_at) as first_published_at,
    max(j.published_at) as last_published_at,
    count(*) as document_count,
    count(distinct j.outlet) as outlet_count,
    count(distinct j.origin) as origin_count
from intermediate.judged_versions as j
inner join staging.texts as t on j.version_id = t.version_id
where j.is_current and j.event_id is not null
group by j.event_id, j.story_id
