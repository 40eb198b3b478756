-- Verdicts that people gave on findings.
select
    subject_id,
    verdict,
    reason,
    reviewer,
    reviewed_at
from ops.reviews
