"""What grouping keeps of a document, and how alike two of them are.

Documents that are not in English are compared by what survives translation, names and numbers.

Belongs here: which vectors are compared with which. Does not belong here: weights (`tfidf`), which
pairs are compared at all (`story_graph`), what joins articles (`day_by_day`).
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from summit_pipeline.reconcile.grouping import tfidf
from summit_pipeline.reconcile.grouping.story_graph import Point, similar_pairs
from summit_pipeline.reconcile.tables import StoryDocument

# Names and numbers alone are alike more easily than all words are: what their likeness is worth.
# Calibrated by reading every second article of the sets by names and numbers only (.5 to .6 best).
# A power of two keeps sums of likenesses exact.
_NAMES_WORTH = 0.5
_NOT_DATED = datetime.max


@dataclass(frozen=True, slots=True)
class Article:
    """A document as grouping sees it; it is made from the document alone, so it can be kept.

    Attributes:
        words: words and word pairs; empty where the text is not in English.
        names: names and numbers, in any language.
    """

    document_id: str
    version_id: str
    published_at: datetime | None
    is_foreign: bool
    words: tfidf.Vector
    names: tfidf.Vector

    @property
    def day(self) -> int | None:
        """The number of the day it was published on, where that is known."""
        return self.published_at.toordinal() if self.published_at else None

    @property
    def terms(self) -> tfidf.Vector:
        """The vector that says most about it."""
        return self.names if self.is_foreign else self.words


def is_foreign(document: StoryDocument) -> bool:
    """Whether a document is compared by names and numbers alone."""
    return document.language not in ("en", "und")


def read_article(document: StoryDocument, has_names: bool = True) -> Article:
    """What grouping needs to know of a document; its names only beside foreign ones."""
    title, text, foreign = document.title or "", document.clean_text, is_foreign(document)
    return Article(
        document_id=document.document_id,
        version_id=document.version_id,
        published_at=document.published_at,
        is_foreign=foreign,
        words={} if foreign else tfidf.article_vector(title, text),
        names=tfidf.name_vector(title, text) if has_names or foreign else {},
    )


def reading_order(document: StoryDocument | Article) -> tuple[datetime, str]:
    """Sorts documents: earliest first, undated last, then by id."""
    return (document.published_at or _NOT_DATED, document.document_id)


def likenesses(
    articles: Sequence[Article], fresh: AbstractSet[str] | None = None
) -> dict[tuple[int, int], float]:
    """Likeness of pairs of articles, by places, smaller first: by all words within English.

    Args:
        articles: in any order.
        fresh: versions that were not compared before; pairs without one are left out. None for all.
    """
    is_fresh = [fresh is None or article.version_id in fresh for article in articles]
    english = [place for place, article in enumerate(articles) if not article.is_foreign]
    points = [Point(articles[p].day, articles[p].words, is_fresh[p]) for p in english]
    edges = {(english[a], english[b]): value for (a, b), value in similar_pairs(points).items()}
    if len(english) < len(articles):
        points = [Point(a.day, a.names, f) for a, f in zip(articles, is_fresh, strict=True)]
        for (a, b), value in similar_pairs(points).items():
            if articles[a].is_foreign or articles[b].is_foreign:
                edges[a, b] = value * _NAMES_WORTH
    return edges
