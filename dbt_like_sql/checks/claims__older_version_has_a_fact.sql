-- error
-- Only the current version of a document has a say; an older one would be heard twice.
select
    claim_id,
    document_id,
    version_id,
    fact_id
from marts.claims
where not is_current and fact_id is not null
