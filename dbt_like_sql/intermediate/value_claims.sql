-- Who stands behind which value: each claim that states a value of a fact, with the origin that it
-- counts for. Nobody answers for the words of a machine rewriter, figures shown in disguise and
-- documents that are withdrawn: such claims are not heard.
with placed as (
    select
        s.claim_id,
        s.fact_id,
        s.value_id,
        s.subject,
        c.kind,
        c.value_text,
        v.version_id,
        v.document_id,
        v.outlet,
        v.origin,
        v.is_origin_known,
        coalesce(a.family, v.origin) as voter,
        s.is_heard,
        w.document_id is not null as is_withdrawn,
        [c.is_repeat::integer, v.is_damaged::integer, (c.part <> 'body')::integer] as drawbacks
    from staging.slotted_claims as s
    inner join staging.claims as c on s.claim_id = c.claim_id
    inner join intermediate.judged_versions as v on c.version_id = v.version_id
    left join staging.outlet_accuracies as a on v.origin = a.outlet
    left join staging.tombstones as w on v.document_id = w.document_id
)

select
    claim_id, -- the claim
    fact_id, -- the fact that it speaks of
    value_id, -- the value that it states
    subject, -- what the fact is about
    kind, -- kind of value
    value_text, -- the words claimed
    version_id, -- the version that says it
    document_id, -- its document
    outlet, -- who published it
    origin, -- the independent voice that it counts for
    is_origin_known, -- whether that voice's independence is known
    voter, -- the origin, or the family of origins that are known to speak with one voice
    is_heard, -- whether it may speak for its value
    is_withdrawn, -- whether its document is withdrawn
    is_heard or not (is_withdrawn or bool_or(is_heard) over (partition by value_id))
        as is_witness, -- whether its value counts it: heard, or nobody who states the value is
    drawbacks -- how poor an example it is: said before, in a damaged text, not in the body
from placed
