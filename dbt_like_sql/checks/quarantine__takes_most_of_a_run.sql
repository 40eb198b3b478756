-- error
-- A run can use most of what its sources hold. Above half, a source has probably changed its form.
with latest as (
    select
        run_id,
        seen,
        quarantined
    from ops.runs
    qualify row_number() over (order by started_at desc, run_id desc) = 1
)

select
    run_id,
    seen,
    quarantined
from latest
where seen > 0 and quarantined * 2 > seen
