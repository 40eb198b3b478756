-- error, blocking
-- The offsets of damaged text slice the damaged words out of the raw text.
select
    i.issue_id,
    i.version_id,
    i.kind,
    i.start_char,
    i.end_char,
    i.text,
    marts.excerpt(v.raw_text, i.start_char, i.end_char) as found
from marts.text_issues as i
left join marts.document_versions as v on i.version_id = v.version_id
where i.text is distinct from marts.excerpt(v.raw_text, i.start_char, i.end_char)
