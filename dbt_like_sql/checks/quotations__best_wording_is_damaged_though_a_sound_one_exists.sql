-- error
-- A remark is shown in the words of an undamaged text where there is one that nobody has withdrawn.
select
    q.remark_id,
    q.speaker,
    q.best_wording,
    min(s.wording) as sound_wording
from marts.quotations as q
inner join marts.quotation_wordings as b on q.best_claim_id = b.claim_id and b.is_damaged
inner join marts.quotation_wordings as s on q.remark_id = s.remark_id and not s.is_damaged
inner join marts.documents as d on s.document_id = d.document_id and d.withdrawn_at is null
group by q.remark_id, q.speaker, q.best_wording
