"""The day that a document's "Friday" is counted from: its own date, else what a sibling tells.

Where a document has no date, but says "on Friday" in a sentence that a sibling states with a full
date ("on February 7, 2025", a Friday), that day is its reference. A weekday of a sibling whose own
date is known serves as well. Several such days must agree with each other; otherwise the reference
stays open, with the reason. The outcome does not depend on the order of the documents.

Belongs here: choosing the reference. Does not belong here: the arithmetic of dates
(`text.calendar`), or resolving a claim with the reference (`readings`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from summit_pipeline.reconcile.grouping import story_terms
from summit_pipeline.reconcile.grouping.story_graph import cosine
from summit_pipeline.reconcile.grouping.tfidf import Vector, article_vector
from summit_pipeline.reconcile.tables import StoryDocument
from summit_pipeline.text.calendar import resolve
from summit_pipeline.vocabulary import Claim

Reference = tuple[date | None, str]

# Normal forms that a full date of a sibling can settle: they mean one day, and not every day.
_OPEN_FORMS = ("weekday:", "month-day:")
_DAY = timedelta(days=1)
# A weekday in the past lies less than this many days before the text that says it.
_WEEK = timedelta(days=7)
# Two sentences speak of one occasion if they share two names and this much of their weighted
# words. On the seeds the sentences on the meeting reach .15-.55, others at most .08.
_LEAST_LIKENESS = 0.1
_LEAST_SHARED_NAMES = 2
# A second candidate for the same words must be clearly less like them.
_CLEARLY = 1.5
# A sibling that learned its reference from another may pass it on, this many times in all.
_ROUNDS = 3
# The first so many days that a document names are enough to tell what it reports; bounds the work.
_MOST_SAYINGS = 50
_WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_CALENDAR_WORDS = frozenset(name.lower() for name in (*_WEEKDAY_NAMES, *_MONTH_NAMES))


@dataclass(frozen=True, slots=True)
class _Saying:
    """Words of a document that name a day, and the sentence they stand in."""

    document: StoryDocument
    words: str
    expression: str | None  # a normal form that is open without a reference
    day: date | None  # the day, where the text alone or the document's own date tells it
    tense: str | None
    vector: Vector
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Match:
    """A document's open expression and the sibling's words that settle it."""

    open: _Saying
    told: _Saying
    day: date
    likeness: float
    shared: tuple[str, ...]


def reference_dates(
    documents: Sequence[StoryDocument], claims: Sequence[Claim]
) -> dict[str, Reference]:
    """The reference date of each version of one story, with its basis in words.

    Args:
        documents: the documents of the story.
        claims: their claims; dates, and the days for which other claims hold, are read.

    Returns:
        By version id: the day, or None where nothing tells it, and where it comes from.
    """
    found: dict[str, Reference] = {
        d.version_id: (d.published_at.date(), d.published_basis)
        for d in documents
        if d.published_at is not None
    }
    sayings = _sayings(documents, claims)
    by_version = {d.version_id: d for d in documents}
    reasons = {v: _nothing(v, sayings) for v in by_version if v not in found}
    for _ in range(_ROUNDS):
        told = [settled for saying in sayings if (settled := _settle(saying, found))]
        learned: dict[str, Reference] = {}
        for version in sorted(reasons):
            mine = [s for s in sayings if s.document.version_id == version and s.expression]
            day, basis = _from_siblings(mine, told, by_version[version], found)
            if day:
                learned[version] = (day, basis)
            elif basis:
                reasons[version] = basis
        for version in learned:
            del reasons[version]
        found.update(learned)
        if not learned:
            break
    return found | {version: (None, reason) for version, reason in reasons.items()}


def _nothing(version: str, sayings: Sequence[_Saying]) -> str:
    if any(s.document.version_id == version and s.expression for s in sayings):
        return "none: no date of its own, and no sibling dates what it says"
    return "none: no date of its own, and it names no day that a sibling could settle"


def _sayings(documents: Sequence[StoryDocument], claims: Iterable[Claim]) -> list[_Saying]:
    """All words of the story that name one day, each sentence read once."""
    by_version = {d.version_id: d for d in documents}
    sentences: dict[str, tuple[Vector, frozenset[str]]] = {}
    found: dict[tuple[str, str, int], _Saying] = {}
    said_by: Counter[str] = Counter()
    for claim in sorted(claims, key=lambda c: (c.version_id, c.clean_start, c.claim_id)):
        document = by_version.get(claim.version_id)
        said = _said(claim)
        if document is None or said is None or said_by[claim.version_id] >= _MOST_SAYINGS:
            continue
        words, expression, day = said
        if claim.sentence not in sentences:
            sentences[claim.sentence] = _read_sentence(claim.sentence)
        vector, names = sentences[claim.sentence]
        tense = "future" if claim.modality == "planned" else None
        said_by[claim.version_id] += 1
        key = (claim.version_id, expression or str(day), claim.sentence_start)
        found.setdefault(key, _Saying(document, words, expression, day, tense, vector, names))
    return list(found.values())


def _said(claim: Claim) -> tuple[str, str | None, date | None] | None:
    """The words of a claim that name one day, with an open expression or the day itself."""
    if claim.kind == "date":
        words, expression = claim.value_text, claim.date_expression
        start, end = claim.date_start, claim.date_end
    else:
        words, expression = claim.as_of_text or "", claim.as_of_expression
        start, end = None, None
    if expression and expression.startswith(_OPEN_FORMS) and "|" not in expression:
        return words, expression, None
    if start and end and end - start == _DAY and not _is_relative(expression):
        return words, None, start
    return None


def _is_relative(expression: str | None) -> bool:
    """Whether the day was counted from a reference date, and so is no witness for one."""
    return expression is not None and resolve(expression, None) is None


def _read_sentence(sentence: str) -> tuple[Vector, frozenset[str]]:
    names = frozenset(
        name
        for name in story_terms.names_and_numbers(sentence)
        if not name[0].isdigit() and name not in _CALENDAR_WORDS
    )
    # Names are asked for apart, so they weigh no more than other words do.
    return article_vector("", sentence, telling_weight=1.0), names


def _settle(saying: _Saying, found: Mapping[str, Reference]) -> _Saying | None:
    """The saying with its day, if the text or the document's reference tells it."""
    if saying.day:
        return saying
    reference = found.get(saying.document.version_id, (None, ""))[0]
    if reference is None or saying.expression is None:
        return None
    interval = resolve(saying.expression, reference, saying.tense)
    if interval is None:
        return None
    return _Saying(
        saying.document, saying.words, None, interval[0], saying.tense, saying.vector, saying.names
    )


def _from_siblings(
    mine: Sequence[_Saying],
    told: Sequence[_Saying],
    document: StoryDocument,
    found: Mapping[str, Reference],
) -> tuple[date | None, str]:
    """The reference that a document's open expressions and its siblings' days tell together.

    An empty basis means that no sibling speaks of the same occasion.
    """
    near = [day for day, _ in found.values() if day]
    best: dict[str, list[_Match]] = {}
    for saying in mine:
        for witness in told:
            match = _match(saying, witness)
            if match and witness.document.version_id != document.version_id:
                best.setdefault(saying.expression or "", []).append(match)
    chosen = []
    for matches in best.values():
        match, rival = _strongest(matches)
        if rival:
            return None, (
                f"none: “{match.open.words}” may be {match.day} (sibling "
                f"{match.told.document.outlet}) or {rival.day} (sibling "
                f"{rival.told.document.outlet})"
            )
        if not near or min(abs(match.day - day) for day in near) < _WEEK:
            chosen.append(match)
    if not chosen:
        return None, ""
    past = [m for m in chosen if not _is_future(m.open)] or chosen
    latest = max(past, key=lambda m: (m.day, m.likeness, m.told.document.document_id))
    if latest.day - min(m.day for m in past) >= _WEEK:
        days = ", ".join(sorted({str(m.day) for m in past}))
        return None, f"none: its weekdays are settled to days more than a week apart: {days}"
    return latest.day, _basis(latest)


def _is_future(saying: _Saying) -> bool:
    return saying.tense == "future" or (saying.expression or "").endswith(("@future", "@next"))


def _match(saying: _Saying, witness: _Saying) -> _Match | None:
    """Whether the witness states the day of which the saying names the weekday."""
    if saying.expression is None or witness.day is None:
        return None
    form = saying.expression.partition("@")[0]
    if resolve(form, witness.day) != (witness.day, witness.day + _DAY):
        return None
    shared = tuple(sorted(saying.names & witness.names))
    likeness = cosine(saying.vector, witness.vector)
    if len(shared) < _LEAST_SHARED_NAMES or likeness < _LEAST_LIKENESS:
        return None
    return _Match(saying, witness, witness.day, likeness, shared)


def _strongest(matches: Sequence[_Match]) -> tuple[_Match, _Match | None]:
    """The best match, and the best one for another day unless that is clearly weaker."""
    ordered = sorted(
        matches, key=lambda m: (-m.likeness, m.day, m.told.document.document_id, m.told.words)
    )
    top = ordered[0]
    rivals = [m for m in ordered if m.day != top.day and m.likeness * _CLEARLY > top.likeness]
    return top, rivals[0] if rivals else None


def _basis(match: _Match) -> str:
    weekday = _WEEKDAY_NAMES[match.day.weekday()]
    return (
        f"sibling {match.told.document.outlet}: “{match.told.words}” is {weekday}, "
        f"{match.day}, said of the same as “{match.open.words}” here "
        f"(both name {', '.join(match.shared[:4])})"
    )
