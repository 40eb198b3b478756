-- Every state of every article, without its bytes.
select
    version_id,
    document_id,
    source,
    locator,
    outlet,
    url,
    media_type,
    body_hash,
    first_seen_at,
    first_run_id
from ingest.document_versions
