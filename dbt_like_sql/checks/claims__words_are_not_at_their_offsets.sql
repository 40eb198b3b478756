-- error, blocking
-- Every claim's offsets slice its words out of its version's raw text; otherwise no answer leads back to the source.
select
    c.claim_id,
    c.version_id,
    c.start_char,
    c.end_char,
    c.value_text,
    marts.excerpt(v.raw_text, c.start_char, c.end_char) as found
from marts.claims as c
left join marts.document_versions as v on c.version_id = v.version_id
where c.value_text is distinct from marts.excerpt(v.raw_text, c.start_char, c.end_char)
