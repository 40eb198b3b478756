-- Versions that could be read, numbered, with the current one of each document marked.
-- The feed's date orders versions where every version has one, else when a run last saw them. A
-- page that goes back to an earlier wording has that one as its current version, whatever the dates
-- say: it was seen before the other and after it.
with seen as (
    select
        version_id,
        max(seen_at) as last_seen_at
    from staging.observations
    group by version_id
),

dated as (
    select
        v.version_id,
        v.document_id,
        v.first_seen_at,
        v.first_run_id,
        case
            when bool_and(t.published_at is not null) over (partition by v.document_id)
                then t.published_at
        end as feed_date,
        coalesce(s.last_seen_at, v.first_seen_at) as last_seen_at
    from staging.document_versions as v
    inner join staging.texts as t on v.version_id = t.version_id
    left join seen as s on v.version_id = s.version_id
),

ordered as (
    select
        d.*,
        exists (
            select 1
            from dated as o
            where
                o.document_id = d.document_id
                and o.first_seen_at < d.first_seen_at
                and o.last_seen_at > d.last_seen_at
        ) as was_taken_back
    from dated as d
)

select
    version_id, -- the version
    document_id, -- its document
    row_number() over (
        partition by document_id
        order by
            was_taken_back,
            feed_date desc nulls last,
            last_seen_at desc,
            first_seen_at desc,
            version_id
    ) = 1 as is_current, -- whether it is the document's current version
    row_number() over (
        partition by document_id
        order by first_seen_at, feed_date nulls last, version_id
    ) as version_number, -- 1 is the document's first version
    first_seen_at, -- when a run first saw it (UTC)
    first_run_id -- the run that first saw it
from ordered
