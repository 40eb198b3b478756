-- warn
-- A text of fewer than twenty words is a headline or what was left of a page, not an article.
select
    document_id,
    outlet,
    locator,
    word_count
from marts.documents
where word_count < 20
