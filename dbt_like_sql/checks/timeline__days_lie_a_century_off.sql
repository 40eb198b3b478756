-- warn
-- A state or event of the news lies within a hundred years of its report; farther days are misread numbers.
select
    t.story_id,
    t.as_of,
    t.subject,
    t.value_text,
    t.claim_id
from marts.timeline as t
inner join marts.stories as s on t.story_id = s.story_id
where abs(date_diff('year', t.as_of, s.first_published_at::date)) > 100
