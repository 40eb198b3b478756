-- All wordings of each remark with the difference to the best one.
select
    remark_id,
    claim_id,
    document_id,
    wording,
    diff,
    is_damaged
from staging.quotation_wordings
