-- Articles that sources have held, one row each.
select
    document_id,
    source,
    locator,
    identity_basis,
    first_seen_at,
    first_run_id
from ingest.documents
