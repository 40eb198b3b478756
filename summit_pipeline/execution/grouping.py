"""Which stories new articles make, join or change, and nothing else.

A run takes up the joining of articles to stories at the first day that has other articles than in
the last run, and lets go as soon as what is still open at the end of a day is what it was. So a
run's cost depends on what is new and on the days around it; the outcome is that of grouping all
articles at once, day by day (`group_stories`), whatever came when. All undated articles are joined
anew in every run: that cost grows with their number.

Belongs here: the state of grouping between runs, and which stories it changes. Does not belong
here: rules (`reconcile.grouping`), articles and their likenesses (`story_articles`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import polars as pl

from summit_pipeline.execution.story_articles import add_articles, forget_articles, read_articles
from summit_pipeline.reconcile.grouping.articles import Article, reading_order
from summit_pipeline.reconcile.grouping.day_by_day import DatedJoin, join_undated, link_days
from summit_pipeline.reconcile.grouping.stories import LIMITS, SPAN_DAYS, story_members
from summit_pipeline.reconcile.tables import StoryJoin, StoryMember
from summit_pipeline.rows import frame
from summit_pipeline.warehouse import store

Connection = duckdb.DuckDBPyConnection

DAYS_AT_ONCE = 90
"""Days that are joined at once at most: what is held in memory is their articles' likenesses."""

# A group with a member that could still be joined on some day (`SPAN_DAYS`) spans as much itself.
_REACH_DAYS = 2 * SPAN_DAYS

Groups = dict[str, str]
"""The group of each version, by a name that its members share."""

Join = tuple[int, str, str]
"""A day, and the first versions of the two groups that were joined on it, the earlier one first."""


@dataclass(frozen=True, slots=True)
class Regrouped:
    """The members of the stories that a run changed, as they were and as they are."""

    before: pl.DataFrame
    after: pl.DataFrame


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Articles in reading order with their days, and their likenesses by places."""

    versions: list[str]
    days: list[int | None]
    edges: dict[tuple[int, int], float]


def regroup(con: Connection) -> Regrouped:
    """Bring `reconcile.story_members` up to date with the current versions."""
    gone = forget_articles(con)
    added = add_articles(con)
    touched = pl.concat([gone, added])
    days = {at.date().toordinal() for at in touched.get_column("published_at").drop_nulls()}
    groups: Groups = {}
    while days:
        groups |= _link_from(con, min(days), days)
    groups |= _with_undated(con, groups)
    return _store_changed(
        con, groups, set(gone.get_column("version_id")), set(added.get_column("version_id"))
    )


def _link_from(con: Connection, first: int, touched: set[int]) -> Groups:
    """Join the articles of this touched day and those after it, until nothing is as it was not.

    Days that are done are taken from `touched`. Returns the groups that a touched day could change.
    """
    groups: Groups = {}
    [(newest,)] = con.sql("SELECT max(published_at) FROM reconcile.story_articles").fetchall()
    last = newest.date().toordinal() if newest else first
    old = _read_joins(con, first - _REACH_DAYS, first - 1)
    now = list(old)
    while True:
        end = _end(first, touched)
        stretch = _dated(con, first - _REACH_DAYS, end)
        old += _read_joins(con, first, end)
        labels, new = _link(stretch, now, first)
        now += new
        is_last = end >= last
        _replace_joins(con, first, None if is_last else end, new)
        groups |= _within_reach(stretch, labels, first)
        is_settled = not any(end - _REACH_DAYS < day <= end for day in touched)
        touched -= set(range(first, end + 1))
        if is_last or (is_settled and _open(stretch, now, end) == _open(stretch, old, end)):
            return groups
        first = end + 1


def _within_reach(stretch: _Stretch, labels: Sequence[int], first: int) -> Groups:
    """The groups that articles from the first day on are in, or could have been joined to."""
    reached = {
        label
        for label, day in zip(labels, stretch.days, strict=True)
        if day is not None and day >= first - SPAN_DAYS
    }
    return {
        version: stretch.versions[label]
        for version, label in zip(stretch.versions, labels, strict=True)
        if label in reached
    }


def _end(first: int, touched: Iterable[int]) -> int:
    """The last day to join at once: so late that the touched days play no part in it."""
    end = first + _REACH_DAYS
    for day in sorted(touched):
        if first <= day <= end:
            end = day + _REACH_DAYS
    return min(end, first + DAYS_AT_ONCE)


def _link(stretch: _Stretch, before: Sequence[Join], first: int) -> tuple[list[int], list[Join]]:
    """The labels of the stretch's articles, and what is joined from the first day on."""
    place_of = {version: place for place, version in enumerate(stretch.versions)}
    known = [
        DatedJoin(day, place_of[kept], place_of[gone])
        for day, kept, gone in before
        if kept in place_of and gone in place_of  # else a group that is too old to be joined
    ]
    days = [day for day in stretch.days if day is not None]
    labels, joins = link_days(days, stretch.edges, LIMITS, known, first)
    versions = stretch.versions
    return labels, [(j.day, versions[j.kept], versions[j.gone]) for j in joins[len(known) :]]


def _open(stretch: _Stretch, joins: Iterable[Join], end: int) -> set[frozenset[str]]:
    """The articles that play a part after this day, as these joins group them."""
    into = {gone: kept for _, kept, gone in joins}

    def name(version: str) -> str:
        while version in into:
            version = into[version]
        return version

    groups: dict[str, set[str]] = {}
    for version, day in zip(stretch.versions, stretch.days, strict=True):
        if day is not None and day > end - _REACH_DAYS:
            groups.setdefault(name(version), set()).add(version)
    return {frozenset(versions) for versions in groups.values()}


def _with_undated(con: Connection, groups: Mapping[str, str]) -> Groups:
    """The groups of all undated articles, with those of dated ones that they may be joined to."""
    undated = _column(
        con, "SELECT version_id FROM reconcile.story_articles WHERE published_at IS NULL"
    )
    if not undated:
        return {}
    near = set(
        _column(
            con,
            "SELECT unnest([version_a, version_b]) FROM reconcile.likenesses "
            "WHERE later_on IS NULL",
        )
    ) - set(undated)
    of_near = {groups[version] for version in near if version in groups}
    story_of = {version: group for version, group in groups.items() if group in of_near}
    as_before = store.read_where(con, "reconcile.story_members", "version_id", near - set(groups))
    members = store.read_where(
        con, "reconcile.story_members", "story_id", as_before.get_column("story_id")
    ).filter(~pl.col("version_id").is_in(undated))
    story_of |= dict(members.select("version_id", "story_id").iter_rows())
    stretch = _stretch(con, [*story_of, *undated])
    first_of: dict[str, int] = {}
    for place, version in enumerate(stretch.versions):
        if version in story_of:
            first_of.setdefault(story_of[version], place)
    stories = [first_of[story_of[v]] if v in story_of else None for v in stretch.versions]
    labels = join_undated(stories, stretch.edges, LIMITS)
    return {v: stretch.versions[label] for v, label in zip(stretch.versions, labels, strict=True)}


def _store_changed(
    con: Connection, groups: Mapping[str, str], gone: set[str], added: set[str]
) -> Regrouped:
    """Store the members of the stories that are not as they were."""
    known = store.read_where(con, "reconcile.story_members", "version_id", {*groups, *gone})
    stories = known.get_column("story_id")
    known = store.read_where(con, "reconcile.story_members", "story_id", stories)
    story_of = dict(known.select("version_id", "story_id").iter_rows())
    # What has only lost an undated member was not grouped anew.
    left = {v: story for v, story in story_of.items() if v not in groups and v not in gone}
    as_they_were = set(_members(story_of))
    changed = [
        group
        for group in _members({**groups, **left})
        if group not in as_they_were or not added.isdisjoint(group)
    ]
    versions = {version for group in changed for version in group}
    article_of = {article.version_id: article for article in read_articles(con, versions)}
    members: list[StoryMember] = []
    for group in changed:
        members += story_members(_in_order(article_of, group))
    after = frame(StoryMember, members)
    replaced = versions | gone
    before = known.filter(pl.col("version_id").is_in(sorted(replaced)))
    store.replace_where(con, "reconcile.story_members", after, "version_id", replaced)
    return Regrouped(before, after)


def _members(groups: Mapping[str, str]) -> list[frozenset[str]]:
    members: dict[str, set[str]] = {}
    for version, group in groups.items():
        members.setdefault(group, set()).add(version)
    return [frozenset(versions) for versions in members.values()]


def _in_order(article_of: Mapping[str, Article], group: Iterable[str]) -> list[Article]:
    return sorted((article_of[version] for version in group), key=reading_order)


def _dated(con: Connection, first: int, last: int) -> _Stretch:
    """The dated articles of these days."""
    span = {"first": _date(first), "after": _date(last + 1)}
    versions = con.sql(
        "SELECT version_id FROM reconcile.story_articles "
        "WHERE published_at >= $first AND published_at < $after",
        params=span,
    ).fetchall()
    return _stretch(con, [version for (version,) in versions], span)


def _stretch(
    con: Connection, versions: Sequence[str], span: Mapping[str, date] | None = None
) -> _Stretch:
    """These articles; of dated ones alone the days tell where their likenesses stand."""
    con.register(
        "_summit_wanted", pl.DataFrame({"version_id": versions}, {"version_id": pl.String})
    )
    ordered = con.sql(
        "SELECT version_id, published_at FROM reconcile.story_articles "
        "SEMI JOIN _summit_wanted USING (version_id) "
        "ORDER BY published_at NULLS LAST, document_id"
    ).fetchall()
    place_of = {version: place for place, (version, _) in enumerate(ordered)}
    where = "l.later_on >= $first AND l.later_on < $after" if span else "true"
    pairs = con.sql(
        "SELECT version_a, version_b, likeness FROM reconcile.likenesses l "
        "SEMI JOIN _summit_wanted a ON l.version_a = a.version_id "
        f"SEMI JOIN _summit_wanted b ON l.version_b = b.version_id WHERE {where}",
        params=dict(span) if span else {},
    ).fetchall()
    con.unregister("_summit_wanted")
    return _Stretch(
        [version for version, _ in ordered],
        [at.date().toordinal() if at else None for _, at in ordered],
        {(place_of[a], place_of[b]): likeness for a, b, likeness in pairs},
    )


def _read_joins(con: Connection, first: int, last: int) -> list[Join]:
    found = con.sql(
        "SELECT joined_on, kept_version, gone_version FROM reconcile.story_joins "
        "WHERE joined_on BETWEEN $first AND $last ORDER BY joined_on, kept_version, gone_version",
        params={"first": _date(first), "last": _date(last)},
    ).fetchall()
    return [(day.toordinal(), kept, gone) for day, kept, gone in found]


def _replace_joins(con: Connection, first: int, last: int | None, joins: Sequence[Join]) -> None:
    """Store what is joined from the first day to the last, or ever after."""
    con.execute(
        "DELETE FROM reconcile.story_joins WHERE joined_on BETWEEN $first AND $last",
        {"first": _date(first), "last": date.max if last is None else _date(last)},
    ).fetchall()
    made = [
        StoryJoin(joined_on=_date(day), kept_version=kept, gone_version=gone)
        for day, kept, gone in joins
    ]
    store.insert(con, "reconcile.story_joins", frame(StoryJoin, made))


def _column(con: Connection, query: str) -> list[str]:
    return [value for (value,) in con.sql(query).fetchall()]


def _date(day: int) -> date:
    """The day of this number, or the first or last one that there is."""
    return date.fromordinal(min(max(day, 1), date.max.toordinal()))
