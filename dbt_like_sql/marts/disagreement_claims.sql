-- Who says which side of a disagreement, in which words, at which characters.
with sides as (
    select
        disagreement_id,
        'a' as side,
        value_a as value_id,
        claim_a as shown_claim
    from intermediate.differing_values
    union all
    select
        disagreement_id,
        'b' as side,
        value_b as value_id,
        claim_b as shown_claim
    from intermediate.differing_values
)

select
    s.disagreement_id,
    s.side,
    c.claim_id,
    c.claim_id = s.shown_claim as is_shown,
    c.value_id,
    c.fact_id,
    c.document_id,
    d.locator,
    c.outlet,
    c.origin,
    d.origin_basis,
    d.published_at,
    d.text_grade,
    c.is_witness,
    c.is_repeat,
    c.speaker,
    c.value_text,
    c.sentence,
    c.start_char,
    c.end_char,
    c.rule,
    c.confidence
from sides as s
inner join marts.claims as c on s.value_id = c.value_id
inner join marts.documents as d on c.document_id = d.document_id
