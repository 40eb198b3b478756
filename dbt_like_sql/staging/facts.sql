-- Slots under a scope with their best supported value.
select
    fact_id,
    slot_id,
    story_id,
    kind,
    subject,
    scope,
    value_id,
    value_text,
    value,
    unit,
    value_safe,
    status,
    document_count,
    outlet_count,
    origin_count,
    undetermined_origin_count
from reconcile.facts
