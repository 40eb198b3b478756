-- error, blocking
-- Every document with a story finds it among the stories.
select
    d.document_id,
    d.outlet,
    d.story_id
from marts.documents as d
left join marts.stories as s on d.story_id = s.story_id
where d.story_id is not null and s.story_id is null
