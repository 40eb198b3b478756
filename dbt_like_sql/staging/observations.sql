-- Which run saw which version, and when.
select
    run_id,
    source,
    document_id,
    version_id,
    seen_at
from ingest.observations
