"""Which documents report one event.

TF-IDF likeness within a window of days, joined by average link. Documents that are not in English
are compared by what survives translation, names and numbers. Documents without a date are joined by
content alone. The outcome depends on neither the order of the documents nor how they are batched.

Belongs here: from documents to story members. Does not belong here: weights (`tfidf`), comparison
(`story_graph`), joining (`average_link`), or who copied from whom (`origins`).
"""

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from summit_pipeline.reconcile.grouping import tfidf
from summit_pipeline.reconcile.grouping.average_link import Limits, average_link
from summit_pipeline.reconcile.grouping.story_graph import Edges, Point, similar_pairs
from summit_pipeline.reconcile.tables import StoryDocument, StoryMember
from summit_pipeline.text.identity import stable_id

# Chosen together with the weights in `tfidf`, one setting for all sets (`benchmarks/stories.py`).
# Between .08 and .11 no set changes by a point of BCubed; cohesion gains 1-2 points on ECB+, which
# is made of look-alike events, and costs no other set any.
_LIMITS = Limits(threshold=0.095, cohesion=0.65, span=7)
# Names and numbers alone are alike more easily than all words are: what their likeness is worth.
# Calibrated by reading every second article of the sets by names and numbers only (.5 to .6 best).
_NAMES_WORTH = 0.5
_NOT_DATED = datetime.max


def reading_order(document: StoryDocument) -> tuple[datetime, str]:
    """Sorts documents: earliest first, undated last, then by id."""
    return (document.published_at or _NOT_DATED, document.document_id)


def group_stories(documents: Sequence[StoryDocument], names: pl.DataFrame) -> list[StoryMember]:
    """Group documents into stories.

    Args:
        documents: one row a document; two with the same version are an error of the caller.
        names: their name mentions. Not read today: grouping by all words is as good, and needs no
            extraction (see `benchmarks/stories.py`).

    Returns:
        One row a document, in reading order. A story's id is the hash of its earliest member, so a
        later article does not change it.
    """
    ordered = sorted(documents, key=reading_order)
    vectors = [_vector(document) for document in ordered]
    days = [d.published_at.toordinal() if d.published_at else None for d in ordered]
    labels = average_link(_edges(ordered, vectors, days), days, _LIMITS)
    stories: dict[int, list[int]] = {}
    for place, label in enumerate(labels):
        stories.setdefault(label, []).append(place)
    members = []
    for places in stories.values():
        first = ordered[places[0]]
        story_id = stable_id(first.published_at, first.document_id)
        sums: dict[str, float] = {}
        for joined, place in enumerate(places):
            similarity = _similarity(vectors[place], sums, joined)
            members.append((place, _member(story_id, ordered[place], similarity)))
            for term, weight in vectors[place].items():
                sums[term] = sums.get(term, 0.0) + weight
    return [member for _, member in sorted(members, key=lambda pair: pair[0])]


def _similarity(vector: tfidf.Vector, sums: dict[str, float], joined: int) -> float | None:
    """Mean cosine to the members before it; None for the first."""
    if not joined:
        return None
    return round(sum(weight * sums.get(term, 0.0) for term, weight in vector.items()) / joined, 6)


def _member(story_id: str, document: StoryDocument, similarity: float | None) -> StoryMember:
    return StoryMember(
        story_id=story_id,
        document_id=document.document_id,
        version_id=document.version_id,
        similarity=similarity,
    )


def _is_foreign(document: StoryDocument) -> bool:
    return document.language not in ("en", "und")


def _vector(document: StoryDocument) -> tfidf.Vector:
    make = tfidf.name_vector if _is_foreign(document) else tfidf.article_vector
    return make(document.title or "", document.clean_text)


def _edges(
    documents: Sequence[StoryDocument],
    vectors: Sequence[tfidf.Vector],
    days: Sequence[int | None],
) -> Edges:
    """Likeness of all pairs: by all words within English, by names and numbers otherwise."""
    foreign = [_is_foreign(d) for d in documents]
    english = [place for place, is_foreign in enumerate(foreign) if not is_foreign]
    found = similar_pairs([Point(days[place], vectors[place]) for place in english])
    edges = {(english[a], english[b]): value for (a, b), value in found.items()}
    if any(foreign):
        by_name = similar_pairs(
            [
                Point(day, tfidf.name_vector(document.title or "", document.clean_text))
                for day, document in zip(days, documents, strict=True)
            ]
        )
        for pair, value in by_name.items():
            if foreign[pair[0]] or foreign[pair[1]]:
                edges[pair] = value * _NAMES_WORTH
    return edges
