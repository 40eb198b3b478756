-- Which version tells which story, and which event within it.
select
    story_id,
    event_id,
    document_id,
    version_id,
    similarity
from reconcile.story_members
