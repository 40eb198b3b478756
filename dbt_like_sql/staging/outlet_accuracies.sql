-- How often outlets were right on contested facts, as the pinned learned version knows.
select
    outlet,
    family,
    accuracy,
    contested_count,
    learned_version
from reconcile.outlet_accuracies
