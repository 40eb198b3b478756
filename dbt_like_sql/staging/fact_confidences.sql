-- How often facts of a state, with so many origins, had the value that most articles state.
select
    status,
    origins,
    share,
    judged_facts
from reconcile.fact_confidences
