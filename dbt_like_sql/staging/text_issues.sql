-- Damage and debris that the text alone shows.
select
    issue_id,
    version_id,
    kind,
    start_char,
    end_char,
    text,
    suggestion,
    evidence,
    confidence,
    in_quotation,
    rule
from normalise.text_issues
