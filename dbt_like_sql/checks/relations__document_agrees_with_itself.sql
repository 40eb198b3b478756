-- error
-- A pair within one document is kept only where the document differs with itself: repeating oneself is no support.
select
    r.claim_a,
    r.claim_b,
    r.relation,
    a.document_id
from marts.relations as r
inner join marts.claims as a on r.claim_a = a.claim_id
inner join marts.claims as b on r.claim_b = b.claim_id
where a.document_id = b.document_id and r.relation = 'agree'
