-- Ids that a late article changed.
select
    kind,
    old_id,
    new_id,
    change,
    run_id,
    changed_at
from ops.id_changes
