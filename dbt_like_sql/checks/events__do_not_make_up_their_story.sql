-- error
-- The events of a story have its documents between them.
with counted as (
    select
        story_id,
        sum(document_count) as document_count
    from marts.events
    group by story_id
)

select
    s.story_id,
    s.document_count,
    c.document_count as documents_of_its_events
from marts.stories as s
full outer join counted as c on s.story_id = c.story_id
where s.document_count is distinct from c.document_count
