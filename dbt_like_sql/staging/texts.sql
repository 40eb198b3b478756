-- What the text of a version alone tells; one row a version that could be read.
select
    version_id,
    raw_text,
    title_end_char,
    encoding,
    encoding_basis,
    title,
    language,
    language_basis,
    published_at,
    published_basis,
    word_count,
    text_grade as own_grade, -- grade of the wording, from this text alone
    text_grade_score as own_grade_score, -- score behind the grade; NULL when not judged
    text_grade_reason as own_grade_reason -- the grade in words, with its evidence
from normalise.texts
