-- The latest verdict on each thing that a person judged, also under the id it has now.
with reviewed as (
    select subject_id, verdict, reviewed_at from staging.reviews
    union all
    select c.new_id as subject_id, r.verdict, r.reviewed_at
    from staging.reviews as r
    inner join staging.id_changes as c on r.subject_id = c.old_id
    where c.change <> 'split'
)

select
    subject_id, -- what was judged
    last(verdict order by reviewed_at, verdict) as verdict, -- the latest verdict
    max(reviewed_at) as reviewed_at -- when (UTC)
from reviewed
group by subject_id
