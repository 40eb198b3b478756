-- When each value of a fact first came in: the run of the earliest version that states it. It
-- follows from the input alone, so running again on the same input changes nothing.
select
    s.fact_id, -- the fact
    s.value_id, -- the value
    min(v.first_seen_at) as first_seen_at, -- when a run first saw it (UTC)
    first(v.first_run_id order by v.first_seen_at, v.first_run_id)
        as first_run_id -- that run
from staging.slotted_claims as s
inner join staging.claims as c on s.claim_id = c.claim_id
inner join intermediate.versions as v on c.version_id = v.version_id
group by s.fact_id, s.value_id
