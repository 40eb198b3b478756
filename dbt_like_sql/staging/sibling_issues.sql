-- Damage that only a comparison with siblings shows.
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
from reconcile.sibling_issues
