-- error
-- Every fact has a claim behind it in a current version.
select
    f.fact_id,
    f.story_id,
    f.kind,
    f.subject,
    f.value_text
from marts.facts as f
where not exists (select 1 from marts.claims as c where c.fact_id = f.fact_id and c.is_current)
