-- Damage and debris of readable versions, from the text alone and from siblings; what both find
-- stands once, as the siblings show it, since they can tell what was written.
with found as (
    select *, 1 as priority from staging.sibling_issues
    union all by name
    select *, 2 as priority from staging.text_issues
)

select
    f.issue_id, -- hash of version, kind and offsets
    v.document_id, -- the document
    f.version_id, -- the version
    f.kind, -- what is wrong, or what the stretch is
    f.start_char, -- start in the raw text
    f.end_char, -- end in the raw text, exclusive
    f.text, -- the words
    f.suggestion, -- what was probably written
    f.evidence, -- what the finding rests on
    f.confidence, -- share of such findings that are right
    f.in_quotation -- whether it lies between quotation marks
from found as f
inner join intermediate.versions as v on f.version_id = v.version_id
qualify row_number() over (partition by f.issue_id order by f.priority, f.rule) = 1
