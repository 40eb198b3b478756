-- warn
-- Every item that a source held could be used. Each row says what could not, why, and the remedy.
-- The most frequent reasons come first, each with its first item.
WITH items AS (
    SELECT
        source,
        locator,
        reason,
        detail,
        attempts,
        count(*) OVER (PARTITION BY reason) AS items_of_reason,
        row_number() OVER (PARTITION BY reason ORDER BY source, locator, quarantine_id)
            AS item_number
    FROM ops.quarantine
    WHERE state = 'open'
)

SELECT
    item_number,
    dense_rank() OVER (ORDER BY items_of_reason DESC, reason) AS reason_rank,
    reason,
    source,
    locator,
    detail,
    attempts,
    CASE
        WHEN item_number = 1 AND items_of_reason > 1
            THEN format('{} {:d} times, first {} of {}', reason, items_of_reason, locator, source)
        ELSE format('{}, {} of {}', reason, locator, source)
    END AS in_words
FROM items
