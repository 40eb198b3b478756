-- Pairs of values that differ. A disagreement begins with the later of its two values: the run that
-- brought that value is the first that could see it.
with shown as (
    select disagreement_id, shown_claim_a as claim_id from staging.disagreements
    union all
    select disagreement_id, shown_claim_b as claim_id from staging.disagreements
),

sides as (
    select
        d.disagreement_id,
        first(r.first_run_id order by r.first_seen_at desc, r.first_run_id desc) as first_run_id
    from shown as d
    inner join staging.slotted_claims as s on d.claim_id = s.claim_id
    inner join intermediate.first_runs as r on s.value_id = r.value_id
    group by d.disagreement_id
)

select
    d.disagreement_id,
    d.story_id,
    d.fact_a,
    d.fact_b,
    d.kind,
    d.subject,
    d.relation,
    d.severity,
    d.value_a,
    d.value_b,
    d.number_a,
    d.number_b,
    d.document_count_a,
    d.document_count_b,
    d.origin_count_a,
    d.origin_count_b,
    d.shown_claim_a,
    d.shown_claim_b,
    d.rule,
    d.reason,
    s.first_run_id,
    r.verdict as review
from staging.disagreements as d
left join sides as s on d.disagreement_id = s.disagreement_id
left join intermediate.latest_reviews as r on d.disagreement_id = r.subject_id
