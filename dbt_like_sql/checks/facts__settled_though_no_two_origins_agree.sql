-- error
-- One voice, however often copied, settles nothing: two claims of two origins stand behind it.
select
    f.fact_id,
    f.subject,
    f.value_text,
    f.origin_count,
    count(distinct c.origin) as origins_found
from marts.facts as f
left join marts.claims as c on f.fact_id = c.fact_id and c.is_witness
where f.status = 'settled'
group by f.fact_id, f.subject, f.value_text, f.origin_count
having count(distinct c.origin) < 2
