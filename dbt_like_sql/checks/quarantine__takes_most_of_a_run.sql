-- error
-- A run can use most of what its sources hold. Above half, a source has probably changed its form.
-- Items that somebody has waived are left out.
with latest as (
    select
        run_id,
        started_at,
        seen,
        quarantined
    from ops.runs
    qualify row_number() over (order by started_at desc, run_id desc) = 1
),

refused as (
    select
        q.reason,
        q.state = 'waived' as is_waived,
        count(*) as items,
        min(q.locator || ' of ' || q.source) as example
    from ops.quarantine as q
    inner join latest on q.last_seen_at >= latest.started_at
    group by all
),

counted as (
    select
        run_id,
        seen,
        quarantined
        - (select coalesce(sum(items), 0) from refused where is_waived) as could_not_be_used
    from latest
),

reasons as (
    select
        string_agg(
            format('{} {:d} times, such as {}', reason, items, example),
            '; ' order by items desc, reason
        ) as told
    from (select * from refused where not is_waived order by items desc, reason limit 3)
)

select
    counted.run_id,
    counted.seen,
    counted.could_not_be_used,
    format(
        '{:d} of {:d} items: {}',
        counted.could_not_be_used::bigint,
        counted.seen,
        coalesce(reasons.told, 'their reasons are not in ops.quarantine')
    ) as in_words
from counted
cross join reasons
where counted.seen > 0 and counted.could_not_be_used * 2 > counted.seen
