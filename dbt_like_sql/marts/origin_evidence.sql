-- What the origin of each document rests on.
select
    document_id,
    other_document_id,
    origin,
    kind,
    start_char,
    end_char,
    weight
from staging.origin_evidence
