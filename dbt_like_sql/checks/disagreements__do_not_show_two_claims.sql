-- error, blocking
-- Every disagreement shows two different claims of its story; without them nobody can look it up.
select
    d.disagreement_id,
    d.subject,
    d.shown_claim_a,
    d.shown_claim_b
from marts.disagreements as d
left join marts.claims as a on d.shown_claim_a = a.claim_id
left join marts.claims as b on d.shown_claim_b = b.claim_id
where
    a.story_id is distinct from d.story_id
    or b.story_id is distinct from d.story_id
    or d.shown_claim_a = d.shown_claim_b
