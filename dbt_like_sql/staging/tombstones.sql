-- Documents that are withdrawn now: their publisher said so, or a person asked for it.
select
    document_id,
    min(withdrawn_at) as withdrawn_at -- since when (UTC)
from ingest.tombstones
where returned_at is null
group by document_id
