-- Wordings of each remark.
select
    remark_id,
    claim_id,
    document_id,
    wording,
    diff,
    is_damaged,
    is_best
from reconcile.quotation_wordings
