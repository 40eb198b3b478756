"""What people do with quarantined items: look, have them tried again, waive them.

Belongs here: reading and changing states in `ops.quarantine`. Does not belong here: entering what a
run refused (`ledger`), or printing (`cli`).

States: an item is `open` until a person decides. `retried` asks for a fresh verdict: the next run
that reads its source makes it `open` again, or `resolved` where it met the item no more. `waived`
items are known and count in no check.
"""

from collections.abc import Iterable
from datetime import datetime

import duckdb

from summit_pipeline.rows import frame, read
from summit_pipeline.warehouse import store
from summit_pipeline.warehouse.ops_tables import QuarantineItem, QuarantineState, Review

Connection = duckdb.DuckDBPyConnection


class NoSuchItemError(LookupError):
    """No quarantined item, or more than one, has an id that begins so."""


def quarantined(con: Connection, state: QuarantineState | None = None) -> list[QuarantineItem]:
    """The quarantined items of a state (None: of every state), the latest first."""
    items = read(QuarantineItem, store.read(con, "ops.quarantine"))
    chosen = [item for item in items if state is None or item.state == state]
    return sorted(chosen, key=lambda i: (i.last_seen_at, i.quarantine_id), reverse=True)


def find_items(con: Connection, ids: Iterable[str]) -> list[QuarantineItem]:
    """The items of these ids; the first characters of an id are enough.

    Raises:
        NoSuchItemError: if an id fits none or several.
    """
    items = quarantined(con)
    found = []
    for wanted in ids:
        fitting = [item for item in items if wanted and item.quarantine_id.startswith(wanted)]
        if len(fitting) != 1:
            what = "no quarantined item has" if not fitting else f"{len(fitting)} items have"
            raise NoSuchItemError(
                f"{what} an id that begins with '{wanted}'; `summit quarantine list --all` "
                "shows the ids"
            )
        found += fitting
    return found


def set_state(con: Connection, items: Iterable[QuarantineItem], state: QuarantineState) -> None:
    """Give the items another state."""
    for item in items:
        con.execute(
            "UPDATE ops.quarantine SET state = ? WHERE quarantine_id = ?",
            [state, item.quarantine_id],
        ).fetchall()


def waive(con: Connection, items: Iterable[QuarantineItem], reason: str, at: datetime) -> None:
    """Waive the items, and keep the reason among the reviews."""
    waived = list({item.quarantine_id: item for item in items}.values())
    set_state(con, waived, "waived")
    reviews = [
        Review(
            subject_id=item.quarantine_id,
            verdict="dismissed",
            reason=reason,
            reviewer=None,
            reviewed_at=at,
        )
        for item in waived
    ]
    store.insert_new(con, "ops.reviews", frame(Review, reviews))


def settle_retried(con: Connection, sources: Iterable[str], at: datetime) -> None:
    """After a run at that time has read these sources: what became of the items to be retried."""
    names = sorted(set(sources))
    con.execute(
        "UPDATE ops.quarantine SET state = CASE WHEN last_seen_at >= $at THEN 'open' "
        "ELSE 'resolved' END WHERE state = 'retried' AND list_contains($names, source)",
        {"at": at, "names": names},
    ).fetchall()


def resolve_fetches(con: Connection, sources: Iterable[str]) -> None:
    """These sources could be fetched again: their failures of fetching are history."""
    con.execute(
        "UPDATE ops.quarantine SET state = 'resolved' WHERE state IN ('open', 'retried') "
        "AND starts_with(reason, 'fetch.') AND list_contains($names, source)",
        {"names": sorted(set(sources))},
    ).fetchall()
