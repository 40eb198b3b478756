"""Articles as grouping keeps them between runs: their vectors, and how alike they are.

Only articles that are new are compared: with those of the days around, and, where a date is
missing, with those that share their heaviest terms. What is kept depends on the articles alone, so
neither the order of arrival nor how they are batched plays a part.

Belongs here: what of `reconcile.story_articles` and `reconcile.likenesses` is missing or too much.
Does not belong here: how alike two articles are (`reconcile.grouping`), what follows from it
(`grouping`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import duckdb
import polars as pl

from summit_pipeline import rows
from summit_pipeline.execution.code_version import code_version
from summit_pipeline.execution.story_rows import story_documents
from summit_pipeline.reconcile.grouping.articles import (
    Article,
    likenesses,
    read_article,
    reading_order,
)
from summit_pipeline.reconcile.grouping.story_graph import (
    HEAVY_SHARED,
    HEAVY_TERMS,
    WINDOW_DAYS,
    heaviest_terms,
)
from summit_pipeline.reconcile.tables import Likeness, StoryArticle, StoryDocument
from summit_pipeline.warehouse import store

Connection = duckdb.DuckDBPyConnection

BATCH_ARTICLES = 2_000
"""Articles that are compared at once: their vectors and those around them take some 50 MB."""

_CURRENT = "SELECT version_id FROM intermediate.versions WHERE is_current"

# Articles whose heaviest terms some new one has too, where one of the two has no date. The pairs
# are counted so as to read few vectors; what is asked for in the end is told by `story_graph`.
_SHARING = """
SELECT DISTINCT held.version_id FROM (
    SELECT version_id, published_at IS NULL AS is_undated,
        least({most}, len({column})) AS size, unnest({column}[1:{most}]) AS term
    FROM reconcile.story_articles WHERE {undated_only}
) held JOIN _summit_heaviest fresh USING (term)
WHERE held.is_undated OR fresh.is_undated
GROUP BY held.version_id, fresh.version_id
HAVING count(*) >= least({asked}, any_value(least(held.size, fresh.size)) / 4)
"""


def forget_articles(con: Connection) -> pl.DataFrame:
    """Remove what is no longer current, or was made by other code; returns what is gone.

    Returns:
        `version_id` and `published_at` of the versions removed.
    """
    others: pl.DataFrame = con.sql(
        "SELECT version_id, published_at FROM reconcile.story_articles "
        f"WHERE code_version <> $code OR version_id NOT IN ({_CURRENT}) ORDER BY version_id",
        params={"code": _made_by()},
    ).pl()
    if others.height:
        con.register("_summit_gone", others)
        for table, columns in (
            ("story_articles", ("version_id",)),
            ("likenesses", ("version_a", "version_b")),
        ):
            condition = " OR ".join(
                f"{column} IN (SELECT version_id FROM _summit_gone)" for column in columns
            )
            con.execute(f"DELETE FROM reconcile.{table} WHERE {condition}").fetchall()
        con.unregister("_summit_gone")
    return others


def add_articles(con: Connection) -> pl.DataFrame:
    """Read and compare the current versions that are missing.

    Returns:
        `version_id` and `published_at` of the versions added.
    """
    pending: pl.DataFrame = con.sql(
        f"SELECT version_id, t.published_at FROM ({_CURRENT}) c "
        "JOIN normalise.texts t USING (version_id) "
        "ANTI JOIN reconcile.story_articles a USING (version_id) "
        "ORDER BY t.published_at NULLS LAST, version_id"
    ).pl()
    for part in pending.iter_slices(BATCH_ARTICLES):
        documents = story_documents(con, part.get_column("version_id"))
        fresh = [read_article(document) for document in rows.read(StoryDocument, documents)]
        around = _around(con, fresh)
        store.insert(con, "reconcile.story_articles", rows.frame(StoryArticle, map(_row, fresh)))
        _store_likenesses(con, fresh, around)
    return pending


def read_articles(con: Connection, versions: Iterable[str]) -> list[Article]:
    """The articles of these versions as they are kept, in reading order."""
    wanted = pl.DataFrame({"version_id": sorted(set(versions))}, {"version_id": pl.String})
    con.register("_summit_wanted", wanted)
    [(first, last)] = con.sql(
        "SELECT min(published_at), max(published_at) FROM reconcile.story_articles "
        "SEMI JOIN _summit_wanted USING (version_id)"
    ).fetchall()
    # A plain condition on the time spares reading the vectors of all others.
    dated = f"published_at BETWEEN {_moment(first)} AND {_moment(last)}"
    found = [
        row
        for condition in (dated, "published_at IS NULL")
        for row in con.sql(
            f"SELECT a.* FROM (FROM reconcile.story_articles WHERE {condition}) a "
            "SEMI JOIN _summit_wanted USING (version_id)"
        )
        .pl()
        .iter_rows(named=True)
    ]
    con.unregister("_summit_wanted")
    return sorted(map(_article, found), key=reading_order)


def _moment(at: datetime | None) -> str:
    return "NULL" if at is None else f"TIMESTAMP '{at.isoformat(sep=' ')}'"


def _around(con: Connection, fresh: Sequence[Article]) -> list[Article]:
    """The kept articles that new ones may be like."""
    days = {
        date.fromordinal(day)
        for article in fresh
        if article.day is not None
        for day in range(article.day - WINDOW_DAYS, article.day + WINDOW_DAYS + 1)
    }
    con.register("_summit_days", pl.DataFrame({"day": sorted(days)}, schema={"day": pl.Date}))
    found = con.sql(
        "SELECT version_id FROM reconcile.story_articles "
        "WHERE published_at >= (SELECT min(day) FROM _summit_days) "
        "AND published_at::DATE IN (SELECT day FROM _summit_days)"
    ).fetchall()
    con.unregister("_summit_days")
    versions = {version for (version,) in found}
    versions |= _sharing(con, {a.version_id: a for a in fresh if not a.is_foreign}, "words")
    if any(a.is_foreign for a in fresh) or _holds_foreign(con):
        versions |= _sharing(con, {a.version_id: a for a in fresh}, "names")
    return read_articles(con, versions)


def _sharing(con: Connection, fresh: Mapping[str, Article], column: str) -> set[str]:
    """Kept articles that share heaviest terms with new ones, where one of the two has no date."""
    heaviest = [
        (version, article.day is None, len(terms), term)
        for version, article in fresh.items()
        for terms in [heaviest_terms(article.words if column == "words" else article.names)]
        for term in terms
    ]
    con.register(
        "_summit_heaviest",
        pl.DataFrame(
            heaviest,
            schema={
                "version_id": pl.String,
                "is_undated": pl.Boolean,
                "size": pl.Int64,
                "term": pl.String,
            },
            orient="row",
        ),
    )
    has_undated = any(article.day is None for article in fresh.values())
    found = con.sql(
        _SHARING.format(
            column=column,
            most=HEAVY_TERMS,
            asked=HEAVY_SHARED,
            undated_only="true" if has_undated else "published_at IS NULL",
        )
    ).fetchall()
    con.unregister("_summit_heaviest")
    return {version for (version,) in found}


def _holds_foreign(con: Connection) -> bool:
    found = con.sql("SELECT 1 FROM reconcile.story_articles WHERE is_foreign LIMIT 1").fetchall()
    return bool(found)


def _store_likenesses(con: Connection, fresh: Sequence[Article], around: Sequence[Article]) -> None:
    articles = sorted([*fresh, *around], key=reading_order)
    found = likenesses(articles, {article.version_id for article in fresh})
    made = [
        Likeness(
            version_a=articles[a].version_id,
            version_b=articles[b].version_id,
            later_on=_later(articles[a], articles[b]),
            likeness=likeness,
        )
        for (a, b), likeness in sorted(found.items())
    ]
    store.insert(con, "reconcile.likenesses", rows.frame(Likeness, made))


def _later(first: Article, second: Article) -> date | None:
    if first.published_at is None or second.published_at is None:
        return None
    return max(first.published_at, second.published_at).date()


def _made_by() -> str:
    """The state of the code that kept articles rest on: what reads texts, what compares them."""
    return " ".join(code_version(stage) for stage in ("normalise", "reconcile"))


def _row(article: Article) -> StoryArticle:
    return StoryArticle(
        version_id=article.version_id,
        document_id=article.document_id,
        published_at=article.published_at,
        is_foreign=article.is_foreign,
        words=tuple(article.words),
        word_weights=tuple(article.words.values()),
        names=tuple(article.names),
        name_weights=tuple(article.names.values()),
        code_version=_made_by(),
    )


def _article(row: Mapping[str, Any]) -> Article:
    return Article(
        document_id=row["document_id"],
        version_id=row["version_id"],
        published_at=row["published_at"],
        is_foreign=row["is_foreign"],
        words=dict(zip(row["words"], row["word_weights"], strict=True)),
        names=dict(zip(row["names"], row["name_weights"], strict=True)),
    )
