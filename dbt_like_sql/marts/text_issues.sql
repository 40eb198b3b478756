-- Stretches of text that are damaged or not the article's own.
select
    i.issue_id,
    i.document_id,
    i.version_id,
    i.kind,
    i.start_char,
    i.end_char,
    i.text,
    i.suggestion,
    i.evidence,
    i.confidence,
    i.in_quotation,
    r.verdict as review
from intermediate.all_text_issues as i
left join intermediate.latest_reviews as r on i.issue_id = r.subject_id
