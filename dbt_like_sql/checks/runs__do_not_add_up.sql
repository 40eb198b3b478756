-- error
-- All that a run saw is accounted for: seen = new + changed + unchanged + quarantined + skipped.
select
    run_id,
    seen,
    new,
    changed,
    unchanged,
    quarantined,
    skipped
from ops.runs
where seen <> new + changed + unchanged + quarantined + skipped or twins > unchanged
