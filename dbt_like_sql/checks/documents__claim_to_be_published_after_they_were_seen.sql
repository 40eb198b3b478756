-- warn
-- Nothing is published more than a day after a run saw it; such a date is misread or wrong at the source.
select
    document_id,
    outlet,
    published_at,
    published_basis,
    first_seen_at
from marts.documents
where published_at > first_seen_at + interval 1 day
