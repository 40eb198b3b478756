-- Articles in their current version, with origin, story and grade of the wording.
select
    d.document_id,
    v.version_id,
    d.locator,
    d.source,
    v.outlet,
    j.origin,
    j.origin_basis,
    t.language,
    t.title,
    v.url,
    t.published_at,
    t.published_basis,
    j.reference_date,
    j.reference_basis,
    j.story_id,
    t.word_count,
    j.text_grade,
    j.text_grade_score,
    j.text_grade_reason,
    d.first_seen_at,
    d.first_run_id,
    t.title_end_char,
    t.raw_text,
    w.withdrawn_at,
    j.event_id,
    r.verdict as review
from intermediate.judged_versions as j
inner join staging.documents as d on j.document_id = d.document_id
inner join staging.document_versions as v on j.version_id = v.version_id
inner join staging.texts as t on j.version_id = t.version_id
left join staging.tombstones as w on j.document_id = w.document_id
left join intermediate.latest_reviews as r on j.document_id = r.subject_id
where j.is_current
