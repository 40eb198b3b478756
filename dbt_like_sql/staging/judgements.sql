-- What the siblings in a story tell about a version.
select
    version_id,
    text_grade,
    text_grade_score,
    text_grade_reason,
    reference_date,
    reference_basis,
    origin,
    origin_basis
from reconcile.judgements
