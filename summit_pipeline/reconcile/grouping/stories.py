"""Which documents report one event, and which events are one story.

A *story* is what average link joins, day by day, within a window of days: TF-IDF likeness for
English, names and numbers otherwise. Documents without a date are joined last, by content alone.
An *event* is a part of a story that is told apart by terms of its own; most stories are one event.
The outcome depends on neither the order of the documents nor how they are batched.

Belongs here: from documents to story members, and their ids. Does not belong here: likeness
(`articles`), joining (`day_by_day`), cutting (`events`), or who copied from whom (`provenance`).
"""

from collections.abc import Sequence

from summit_pipeline.reconcile.grouping import tfidf
from summit_pipeline.reconcile.grouping.articles import (
    Article,
    is_foreign,
    likenesses,
    read_article,
    reading_order,
)
from summit_pipeline.reconcile.grouping.average_link import Limits
from summit_pipeline.reconcile.grouping.day_by_day import join_undated, link_days
from summit_pipeline.reconcile.grouping.events import tell_apart
from summit_pipeline.reconcile.tables import StoryDocument, StoryMember
from summit_pipeline.text.identity import stable_id

# Chosen together with the weights in `tfidf`, one setting for all sets (`benchmarks/stories.py`).
# Between .095 and .115 no set changes by a point of BCubed; cohesion gains 2 points on ECB+, which
# is made of look-alike events, and costs no other set any.
LIMITS = Limits(threshold=0.105, cohesion=0.65, span=7)

SPAN_DAYS = int(LIMITS.span)
"""Whatever is joined on a day has no member that is older than this many days."""


def group_stories(documents: Sequence[StoryDocument]) -> list[StoryMember]:
    """Group documents into stories and events.

    Args:
        documents: one row a document; two with the same version are an error of the caller.

    Returns:
        One row a document, in reading order.
    """
    has_foreign = any(map(is_foreign, documents))
    ordered = sorted(documents, key=reading_order)
    articles = [read_article(document, has_names=has_foreign) for document in ordered]
    edges = likenesses(articles)
    days = [article.day for article in articles]
    dated = [day for day in days if day is not None]
    within = {pair: value for pair, value in edges.items() if pair[1] < len(dated)}
    labels: list[int | None] = list(link_days(dated, within, LIMITS)[0])
    undated = len(articles) - len(dated)
    stories: dict[int, list[Article]] = {}
    for place, label in enumerate(join_undated(labels + [None] * undated, edges, LIMITS)):
        stories.setdefault(label, []).append(articles[place])
    members = {m.version_id: m for story in stories.values() for m in story_members(story)}
    return [members[article.version_id] for article in articles]


def story_members(story: Sequence[Article]) -> list[StoryMember]:
    """The rows of one story.

    The ids of a story and of its events are hashes of their earliest members, so that a later
    article does not change them.

    Args:
        story: its articles, in reading order.
    """
    event_ids: dict[int, str] = {}
    for places in tell_apart([article.terms for article in story]):
        first = story[places[0]]
        event_id = stable_id("event", first.published_at, first.document_id)
        event_ids |= dict.fromkeys(places, event_id)
    story_id = stable_id(story[0].published_at, story[0].document_id)
    members = []
    sums: dict[str, float] = {}
    for place, article in enumerate(story):
        members.append(
            StoryMember(
                story_id=story_id,
                event_id=event_ids[place],
                document_id=article.document_id,
                version_id=article.version_id,
                similarity=_similarity(article.terms, sums, place),
            )
        )
        for term, weight in article.terms.items():
            sums[term] = sums.get(term, 0.0) + weight
    return members


def _similarity(vector: tfidf.Vector, sums: dict[str, float], joined: int) -> float | None:
    """Mean cosine to the members before it; None for the first."""
    if not joined:
        return None
    return round(sum(weight * sums.get(term, 0.0) for term, weight in vector.items()) / joined, 6)
