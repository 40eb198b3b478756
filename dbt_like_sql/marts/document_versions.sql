-- Every state of every article, older ones included.
select
    v.version_id,
    v.document_id,
    n.is_current,
    n.version_number,
    v.source,
    v.locator,
    v.outlet,
    v.url,
    t.title,
    t.published_at,
    t.published_basis,
    v.media_type,
    t.encoding,
    t.language,
    t.word_count,
    v.body_hash,
    v.first_seen_at,
    v.first_run_id,
    t.title_end_char,
    t.raw_text
from intermediate.versions as n
inner join staging.document_versions as v on n.version_id = v.version_id
inner join staging.texts as t on n.version_id = t.version_id
