-- Signs of where a text comes from.
select
    document_id,
    other_document_id,
    origin,
    kind,
    start_char,
    end_char,
    weight
from reconcile.origin_evidence
