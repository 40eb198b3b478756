-- Slots under a scope with their best supported value.
select
    fact_id,
    slot_id,
    story_id,
    kind,
    subject,
    scope,
    unit,
    value_safe
from reconcile.facts
