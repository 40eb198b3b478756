-- Stretches of text that are damaged or not the article's own.
select
    issue_id,
    document_id,
    version_id,
    kind,
    start_char,
    end_char,
    text,
    suggestion,
    evidence,
    confidence,
    in_quotation
from intermediate.all_text_issues
