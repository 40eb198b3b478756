-- error
-- A fact can't rest on more documents, outlets or origins than its story has.
select
    f.fact_id,
    f.subject,
    f.document_count,
    s.document_count as documents_of_story,
    f.outlet_count,
    s.outlet_count as outlets_of_story,
    f.origin_count,
    s.origin_count as origins_of_story
from marts.facts as f
left join marts.stories as s on f.story_id = s.story_id
where
    s.story_id is null
    or f.document_count > s.document_count
    or f.outlet_count > s.outlet_count
    or f.origin_count > s.origin_count
