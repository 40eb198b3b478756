-- Pairs of values that differ. A disagreement begins with the later of its two values: the run that
-- brought that value is the first that could see it.
with sides as (
    select
        c.claim_id,
        c.value_id,
        c.fact_id,
        c.kind,
        c.subject,
        -- A state or remark is told in the words of the claim that shows it.
        if(
            c.kind in ('status', 'quotation'),
            -- White space as Unicode has it.
            trim(regexp_replace(c.value_text, '[\t-\r\x1c-\x1f\x85\pZ]+', ' ', 'g')),
            v.value_text
        ) as value_text,
        v.value,
        s.document_count,
        s.origin_count,
        r.first_seen_at,
        r.first_run_id
    from intermediate.value_claims as c
    inner join staging.fact_values as v on c.value_id = v.value_id
    inner join intermediate.value_support as s on c.value_id = s.value_id
    inner join intermediate.first_runs as r on c.value_id = r.value_id
)

select
    d.disagreement_id,
    d.story_id,
    a.fact_id as fact_a,
    b.fact_id as fact_b,
    a.kind,
    a.subject,
    d.relation,
    case
        when d.relation = 'contradiction' then 'error'
        when d.relation in ('undecided', 'attributed_dispute', 'quote_corrupted') then 'warn'
        else 'info'
    end as severity,
    a.value_text as value_a,
    b.value_text as value_b,
    a.value as number_a,
    b.value as number_b,
    a.document_count as document_count_a,
    b.document_count as document_count_b,
    a.origin_count as origin_count_a,
    b.origin_count as origin_count_b,
    d.claim_a as shown_claim_a,
    d.claim_b as shown_claim_b,
    d.rule,
    d.reason,
    if(
        (a.first_seen_at, a.first_run_id) > (b.first_seen_at, b.first_run_id),
        a.first_run_id,
        b.first_run_id
    ) as first_run_id,
    r.verdict as review
from intermediate.differing_values as d
inner join sides as a on d.claim_a = a.claim_id
inner join sides as b on d.claim_b = b.claim_id
left join intermediate.latest_reviews as r on d.disagreement_id = r.subject_id
