-- Stretches of words that state a value, as one document alone tells it.
select
    claim_id,
    version_id,
    kind,
    value_text,
    start_char,
    end_char,
    canonical,
    value,
    unit,
    interval_low,
    interval_high,
    date_start as own_date_start, -- first day, where the text alone tells it
    date_end as own_date_end, -- day after the last
    approximator,
    subject_text,
    period_start,
    period_end,
    speaker,
    speaker_basis,
    cue,
    utterance_id,
    polarity,
    modality,
    part, -- part of the text: title, body, caption ...
    as_of as own_as_of, -- day for which a changing value is stated
    is_repeat,
    sentence,
    rule,
    confidence
from extract.claims
