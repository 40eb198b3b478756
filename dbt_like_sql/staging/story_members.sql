-- Which version tells which story.
select
    story_id,
    document_id,
    version_id,
    similarity
from reconcile.story_members
