-- Each claim's slot, scope, fact, value and vote.
select
    claim_id,
    story_id,
    slot_id,
    subject,
    scope,
    scope_basis,
    fact_id,
    value_id,
    date_start,
    date_end,
    as_of,
    as_of_basis,
    relation_to_fact,
    is_heard
from reconcile.slotted_claims
