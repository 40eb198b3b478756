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


STOPPED = ("parse.timeout", "parse.memory", "parse.crashed", "parse.too_large", "parse.failed")
"""Reasons that took a parser long to find out: such bodies are not tried again in vain."""


class NoSuchItemError(LookupError):
    """No quarantined item, or more than one, has an id that begins so."""


def quarantined(con: Connection, state: QuarantineState | None = None) -> list[QuarantineItem]:
    """The quarantined items of a state (None: of every state), the latest first."""
    items = read(QuarantineItem, store.read(con, "ops.quarantine"))
    chosen = [item for item in items if state is None or item.state == state]
    return sorted(chosen, key=lambda i: (i.last_seen_at, i.quarantine_id), reverse=True)


def find_items(con: Connection, ids: Iterable[str]) -> list[QuarantineItem]:
    """The items of these ids; the first characters of an id are enough.

    A reason such as parse.bad_line stands for all open items with it.

    Raises:
        NoSuchItemError: if an id fits none or several, or no open item has the reason.
    """
    items = quarantined(con)
    found: list[QuarantineItem] = []
    for wanted in ids:
        if "." in wanted:
            of_reason = [i for i in items if i.reason == wanted and i.state == "open"]
            if not of_reason:
                raise NoSuchItemError(f"no open item has the reason '{wanted}'")
            found += of_reason
            continue
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


def reviews_of(con: Connection, quarantine_id: str) -> list[tuple[datetime, str]]:
    """When and why people waived an item."""
    return con.sql(
        "SELECT reviewed_at, reason FROM ops.reviews WHERE subject_id = ? ORDER BY ALL",
        params=[quarantine_id],
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


def remembered_refusals(con: Connection, tried_with: str) -> dict[str, tuple[str, str]]:
    """Bodies that a parser was stopped over with this state of code and limits: reason and detail.

    They are keyed by their hash. Those that a person wants tried again are not among them.
    """
    found = con.sql(
        "SELECT body_hash, reason, arg_max(detail, last_seen_at) FROM ops.quarantine "
        "WHERE tried_with = $tried_with AND list_contains($reasons, reason) "
        "GROUP BY ALL HAVING bool_and(state <> 'retried') ORDER BY ALL",
        params={"tried_with": tried_with, "reasons": list(STOPPED)},
    ).fetchall()
    return {body_hash: (reason, detail) for body_hash, reason, detail in found}


def sources_to_be_retried(con: Connection) -> set[str]:
    """Names of the sources of which a person wants something tried again."""
    found = con.sql("SELECT DISTINCT source FROM ops.quarantine WHERE state = 'retried'").fetchall()
    return {name for (name,) in found}


def settle_retried(con: Connection, sources: Iterable[str], at: datetime) -> None:
    """After a run at that time has read these sources: what became of the items to be retried."""
    names = sorted(set(sources))
    con.execute(
        "UPDATE ops.quarantine SET state = CASE WHEN last_seen_at >= $at THEN 'open' "
        "ELSE 'resolved' END WHERE state = 'retried' AND list_contains($names, source)",
        {"at": at, "names": names},
    ).fetchall()


def resolve_fetches(con: Connection, fetched: Iterable[tuple[str, str]]) -> None:
    """These addresses, each with the name of its source, could be fetched and read again.

    Their failures as a whole are history: no fetch, or a body that was no feed. The bytes of the
    latter are kept, and its row can still be retried. Single items stay open.
    """
    pairs = list(fetched)
    names, places = [name for name, _ in pairs], [place for _, place in pairs]
    con.execute(
        "UPDATE ops.quarantine SET state = 'resolved' WHERE state = 'open' "
        "AND list_contains(list_zip($names, $places), ROW(source, locator)) "
        "AND reason <> 'parse.too_many_items'",
        {"names": names, "places": places},
    ).fetchall()
