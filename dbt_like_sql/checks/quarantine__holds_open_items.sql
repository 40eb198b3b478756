-- warn
-- Every item that a source held could be used. Each row says what could not, why, and the remedy.
SELECT
    source,
    locator,
    reason,
    detail,
    attempts
FROM ops.quarantine
WHERE state = 'open'
