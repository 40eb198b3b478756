-- error
-- Values that agree are one value and no disagreement.
select
    disagreement_id,
    subject,
    value_a,
    value_b
from marts.disagreements
where relation = 'agree'
