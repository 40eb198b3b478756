-- Remarks in their most trusted wording. The status looks at undamaged wordings only, unless there
-- is none: a remark that one text garbled and two others give alike is corroborated. Documents that
-- are withdrawn count for nothing.
with wordings as (
    select
        w.remark_id,
        w.claim_id,
        w.document_id,
        w.wording,
        w.is_damaged,
        w.is_best,
        coalesce(c.canonical, w.wording) as folded,
        c.speaker,
        v.origin,
        t.document_id is not null as is_withdrawn
    from staging.quotation_wordings as w
    inner join staging.claims as c on w.claim_id = c.claim_id
    inner join intermediate.judged_versions as v on c.version_id = v.version_id
    left join staging.tombstones as t on w.document_id = t.document_id
),

remarks as (
    select
        remark_id,
        first(speaker order by is_best desc, is_damaged, claim_id)
            filter (where speaker is not null) as speaker,
        first(wording order by is_best desc, is_damaged, claim_id) as best_wording,
        first(claim_id order by is_best desc, is_damaged, claim_id) as best_claim_id,
        count(distinct folded) as wording_count,
        count(distinct document_id) filter (where not is_withdrawn) as document_count,
        count(distinct origin) filter (where not is_withdrawn) as origin_count,
        count(distinct folded) filter (where not is_damaged and not is_withdrawn) as sound_wordings,
        count(distinct origin) filter (where not is_damaged and not is_withdrawn) as sound_origins
    from wordings
    group by remark_id
)

select
    r.remark_id,
    f.story_id,
    r.speaker,
    r.best_wording,
    r.best_claim_id,
    r.wording_count,
    r.document_count,
    r.origin_count,
    case
        when r.sound_wordings = 0 and r.origin_count > 0 then 'damaged'
        when r.sound_wordings > 1 then 'variant'
        when r.sound_origins > 1 then 'corroborated'
        else 'single_origin'
    end as status
from remarks as r
inner join staging.facts as f on r.remark_id = f.fact_id
