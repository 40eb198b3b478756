-- error
-- One voice, however often copied, settles nothing.
select
    fact_id,
    subject,
    value_text,
    document_count,
    origin_count
from marts.facts
where status = 'settled' and origin_count < 2
