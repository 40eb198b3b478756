"""What is remembered of the pages behind links, in the working file.

Belongs here: `ops.page_states`. Does not belong here: when a page is looked at
(`ingest.page_states`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import duckdb

from summit_pipeline.ingest.page_states import PageState
from summit_pipeline.rows import frame, read
from summit_pipeline.warehouse import store

Connection = duckdb.DuckDBPyConnection


def read_pages(con: Connection, sources: Iterable[str]) -> Mapping[str, Mapping[str, PageState]]:
    """The pages of these sources, by source and address."""
    found: dict[str, dict[str, PageState]] = defaultdict(dict)
    stored = store.read_where(con, "ops.page_states", "source", list(sources))
    for state in read(PageState, stored):
        found[state.source][state.url] = state
    return found


def keep_pages(con: Connection, states: Iterable[PageState]) -> None:
    """Store what became of the pages that a run looked at."""
    after = {(state.source, state.url): state for state in states}
    if not after:
        return
    urls = {url for _, url in after}
    # Two sources may link to one page; each has its own memory of it.
    for state in read(PageState, store.read_where(con, "ops.page_states", "url", urls)):
        after.setdefault((state.source, state.url), state)
    store.replace_where(con, "ops.page_states", frame(PageState, after.values()), "url", urls)
