-- Stretches of words that state a value. What siblings resolve (dates, days) comes before what the
-- document alone tells; claims of older versions keep the latter and have no fact.
select
    c.claim_id,
    v.is_current,
    v.document_id,
    c.version_id,
    v.story_id,
    v.outlet,
    v.origin,
    s.slot_id,
    s.fact_id,
    s.value_id,
    c.kind,
    s.subject,
    c.subject_text,
    c.value_text,
    c.value,
    c.unit,
    c.interval_low,
    c.interval_high,
    coalesce(s.date_start, c.own_date_start) as date_start,
    case when s.date_start is null then c.own_date_end else s.date_end end as date_end,
    c.approximator,
    c.period_start,
    c.period_end,
    s.scope,
    s.scope_basis,
    c.speaker,
    c.speaker_basis,
    c.cue,
    c.utterance_id,
    c.polarity,
    c.modality,
    coalesce(s.as_of, c.own_as_of) as as_of,
    case
        when s.as_of is not null then s.as_of_basis
        when c.own_as_of is not null then 'stated in the text'
    end as as_of_basis,
    s.relation_to_fact,
    w.is_witness,
    c.is_repeat,
    c.sentence,
    c.start_char,
    c.end_char,
    c.rule,
    c.confidence
from staging.claims as c
inner join intermediate.judged_versions as v on c.version_id = v.version_id
left join staging.slotted_claims as s on c.claim_id = s.claim_id
left join intermediate.value_claims as w on c.claim_id = w.claim_id
