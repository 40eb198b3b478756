-- error
-- Contradictions are errors; undecided pairs, disputes among speakers and corrupted quotations are warnings; explained differences are information.
select
    disagreement_id,
    relation,
    severity,
    subject
from marts.disagreements
where severity is distinct from case
    when relation = 'contradiction' then 'error'
    when relation in ('undecided', 'attributed_dispute', 'quote_corrupted') then 'warn'
    else 'info'
end
