-- Pairs of values that differ.
select
    disagreement_id,
    story_id,
    fact_a,
    fact_b,
    kind,
    subject,
    relation,
    severity,
    value_a,
    value_b,
    number_a,
    number_b,
    document_count_a,
    document_count_b,
    origin_count_a,
    origin_count_b,
    shown_claim_a,
    shown_claim_b,
    rule,
    reason
from reconcile.disagreements
