-- Every readable version with its story, its origin and the grade of its wording: the judgement
-- that heard its siblings where there is one, else what the text alone tells.
select
    v.version_id, -- the version
    v.document_id, -- its document
    v.is_current, -- whether it is the document's current version
    m.story_id, -- the story it reports; NULL for versions that are not current
    m.event_id, -- its event within the story
    d.outlet, -- who published it
    j.origin, -- independent voice behind the text
    j.origin_basis, -- evidence for the origin, in words
    j.origin_basis not ilike '%undetermined%'
        as is_origin_known, -- whether it is known to be independent of the others
    t.title, -- title
    t.published_at, -- publication time (UTC)
    coalesce(j.text_grade, t.own_grade) as text_grade, -- grade of the wording
    case when j.version_id is null then t.own_grade_score else j.text_grade_score end
        as text_grade_score, -- score behind the grade
    coalesce(j.text_grade_reason, t.own_grade_reason) as text_grade_reason, -- grade in words
    coalesce(j.text_grade, t.own_grade) in ('spun', 'rewritten')
        as is_damaged, -- whether the wording must not be trusted
    j.reference_date, -- day that relative dates are counted from
    j.reference_basis -- where it comes from
from intermediate.versions as v
inner join staging.document_versions as d on v.version_id = d.version_id
inner join staging.texts as t on v.version_id = t.version_id
left join staging.judgements as j on v.version_id = j.version_id
left join staging.story_members as m on v.version_id = m.version_id
