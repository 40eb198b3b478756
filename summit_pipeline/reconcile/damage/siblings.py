"""What the other documents of a story tell about one document's wording and names.

Belongs here: names altered by a rewriter, evidence of siblings for or against a grade, and names as
probably written. Does not belong here: the grade from the text alone (`normalise.grading`), or any
comparison of values (`relations`).
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from summit_pipeline.lexicons.background import Background, load_background
from summit_pipeline.lexicons.counted_words import Word, counted_words
from summit_pipeline.lexicons.spun_pairs import load_spun_pairs
from summit_pipeline.reconcile.damage.name_damage import DamagedName, find_damaged_names
from summit_pipeline.reconcile.damage.neighbour_words import Neighbours, Place, neighbours
from summit_pipeline.reconcile.damage.swapped_words import SwappedWord, find_swapped_words
from summit_pipeline.reconcile.damage.witnesses import PairCounts, Witnesses
from summit_pipeline.reconcile.tables import StoryDocument
from summit_pipeline.text.identity import stable_id
from summit_pipeline.text.quote_marks import QuotedStretch, quoted_stretches
from summit_pipeline.vocabulary import TextGrade, TextIssue

_DAMAGED: frozenset[TextGrade] = frozenset({"spun", "suspicious"})
# A text that its own wording calls clean or too short is called suspicious by its siblings from
# this many altered names or swapped words on; a suspicious one is then called spun. At these two
# figures no grade changes in 957 stories of clean articles (AllSides, BASIL, ECB+, NewsWCL50).
_NAMES_TO_DOUBT = 2
_SWAPS_TO_DOUBT = 4
_POSSESSIVE = ("'s", "’s", "'S", "’S")
# Right among the findings on the seeds and the 12 spun pages of the evaluation set: 39 of 39 by
# name_in_siblings, 2 of 2 by name_known; none by name_by_siblings was seen there. No finding in 957
# stories of clean articles. The figures stay below what so few findings show.
_CONFIDENCE = {
    "name_in_siblings": 0.95,  # a listed replacement, and a sibling has the name
    "name_known": 0.85,  # a listed replacement, and only the background has the name
    "name_by_siblings": 0.75,  # two siblings have the name, the replacement is not listed
}


@dataclass(frozen=True, slots=True)
class SiblingEvidence:
    """Name damage as rows, grades with siblings heard, and names as probably written by version."""

    issues: list[TextIssue]
    grades: dict[str, tuple[TextGrade, float | None, str]]
    aliases: dict[str, dict[str, str]]


def sibling_issues(
    documents: Sequence[StoryDocument],
    names: pl.DataFrame | None = None,
    without: frozenset[str] = frozenset(),
) -> SiblingEvidence:
    """Compare each document of one story with the others.

    `names` (rows of NameMention, may be missing) adds fuller forms of altered names to the aliases.
    `without` leaves out pairs known only from these origins, for evaluation. The result does not
    depend on the order of the documents.
    """
    ordered = sorted(documents, key=lambda d: d.version_id)
    texts = {d.version_id: neighbours(d.raw_text) for d in ordered}
    pairs, background = load_spun_pairs(without), load_background()
    lower = frozenset(w.form for d in ordered for w in counted_words(d.raw_text) if not w.capital)
    fuller = _fuller_names(names)
    issues: list[TextIssue] = []
    grades: dict[str, tuple[TextGrade, float | None, str]] = {}
    aliases: dict[str, dict[str, str]] = {}
    witnesses = [d for d in ordered if d.text_grade not in _DAMAGED]
    number = {d.version_id: at for at, d in enumerate(witnesses)}
    counts = PairCounts([texts[d.version_id] for d in witnesses])
    for document in ordered:
        own = texts[document.version_id]
        others = Witnesses(counts, number.get(document.version_id))
        found = find_damaged_names(own, others, pairs, background, lower)
        swaps = find_swapped_words(own, others, pairs, background)
        grade, reason = _hear_siblings(document, found, swaps)
        grades[document.version_id] = (grade, document.text_grade_score, reason)
        if grade not in _DAMAGED:
            continue
        if grade == "suspicious":
            found = tuple(n for n in found if n.is_known and n.siblings)
        rows, renamed = _rows(document, own, found, witnesses, background)
        issues += rows
        aliases[document.version_id] = _with_fuller(renamed, fuller.get(document.version_id, ()))
    return SiblingEvidence(issues, grades, aliases)


def _hear_siblings(
    document: StoryDocument, found: Sequence[DamagedName], swaps: Sequence[SwappedWord]
) -> tuple[TextGrade, str]:
    """The grade with siblings heard: they may raise it by one step, never lower it."""
    sure = [n for n in found if n.is_known and n.siblings]
    own: TextGrade = document.text_grade
    evidence = []
    if sure:
        forms = ", ".join(f"“{' '.join(n.pair)}” for “{' '.join(n.repaired)}”" for n in sure[:4])
        evidence.append(f"names that siblings write otherwise: {forms}")
    if len(swaps) >= _SWAPS_TO_DOUBT or (swaps and own in _DAMAGED):
        shown = ", ".join(f"“{s.spun}” where they write “{s.original}”" for s in swaps[:4])
        evidence.append(f"{len(swaps)} word choices against those of siblings: {shown}")
    is_doubted = len(sure) >= _NAMES_TO_DOUBT or len(swaps) >= _SWAPS_TO_DOUBT
    grade = own
    if is_doubted and own in {"clean", "not_judged"}:
        grade = "suspicious"
    elif is_doubted and own == "suspicious":
        grade = "spun"
    if not evidence or grade not in _DAMAGED:
        return own, document.text_grade_reason
    raised = "" if grade == own else f"{grade} on the evidence of siblings; by its own text "
    return grade, f"{raised}{document.text_grade_reason}; {'; '.join(evidence)}"


def _rows(
    document: StoryDocument,
    own: Neighbours,
    found: Sequence[DamagedName],
    witnesses: Sequence[StoryDocument],
    background: Background,
) -> tuple[list[TextIssue], dict[str, str]]:
    quotations = quoted_stretches(document.raw_text)
    starts = [q.start for q in quotations]
    rows: dict[int, TextIssue] = {}
    renamed: dict[str, str] = {}
    for name in sorted(found, key=lambda n: (-len(n.siblings), -n.altered, n.pair)):
        for place in own.places[name.pair]:
            altered = place.first if name.altered == 0 else place.second
            if not altered.capital or altered.start in rows:
                continue
            start, end = _extent(document.raw_text, place, name.altered)
            written = document.raw_text[start:end]
            suggestion = _repair(document.raw_text, place, name, start, end)
            renamed[written] = suggestion
            rule = _rule(name)
            evidence = _evidence(name, written, suggestion, witnesses, background)
            rows[altered.start] = TextIssue(
                issue_id=stable_id(document.version_id, "name_damage", start, end),
                version_id=document.version_id,
                kind="name_damage",
                start_char=start,
                end_char=end,
                text=written,
                suggestion=suggestion,
                evidence=evidence,
                confidence=_CONFIDENCE[rule],
                in_quotation=_is_quoted(start, quotations, starts),
                rule=rule,
            )
    return [rows[at] for at in sorted(rows)], renamed


def _is_quoted(offset: int, quotations: Sequence[QuotedStretch], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, offset) - 1
    return at >= 0 and offset < quotations[at].end


def _rule(name: DamagedName) -> str:
    if not name.is_known:
        return "name_by_siblings"
    return "name_in_siblings" if name.siblings else "name_known"


def _extent(text: str, place: Place, altered: int) -> tuple[int, int]:
    """The whole name; the altered word alone where its neighbour has no capital."""
    beside = place.second if altered == 0 else place.first
    word = place.first if altered == 0 else place.second
    if not beside.capital:
        return word.start, _end(text, word)
    return place.first.start, _end(text, place.second)


def _end(text: str, word: Word) -> int:
    """End of a word without its possessive."""
    return word.end - 2 if text[word.start : word.end].endswith(_POSSESSIVE) else word.end


def _repair(text: str, place: Place, name: DamagedName, start: int, end: int) -> str:
    word = place.first if name.altered == 0 else place.second
    stop = _end(text, word)
    is_upper = text[word.start : stop].isupper() and stop - word.start > 1
    instead = name.instead.upper() if is_upper else name.instead
    return text[start : word.start] + instead + text[stop:end]


def _evidence(
    name: DamagedName,
    written: str,
    repaired: str,
    witnesses: Sequence[StoryDocument],
    background: Background,
) -> str:
    parts = []
    if name.siblings:
        outlets = ", ".join(sorted({witnesses[i].outlet for i in name.siblings}))
        count = len(name.siblings)
        parts.append(
            f"siblings: {count} other document{'s' if count > 1 else ''} ({outlets}) "
            f"write{'s' if count == 1 else ''} “{repaired}”, none writes “{written}”"
        )
    parts.append(
        f"clean news: “{repaired}” in {background.pair(*name.repaired):,} of "
        f"{background.documents:,} articles, “{written}” in {background.pair(*name.pair):,}"
    )
    if name.is_known:
        pair = f"“{name.pair[name.altered]}” for “{name.repaired[name.altered]}”"
        parts.append(f"{pair} is a known replacement of synonym spinners")
    return "; ".join(parts)


def _fuller_names(names: pl.DataFrame | None) -> Mapping[str, Sequence[str]]:
    if names is None or names.is_empty():
        return {}
    fuller: dict[str, set[str]] = defaultdict(set)
    for version, text, canonical in names.select("version_id", "text", "canonical").iter_rows():
        fuller[version] |= {text, canonical}
    return {version: sorted(forms) for version, forms in fuller.items()}


def _with_fuller(renamed: Mapping[str, str], forms: Sequence[str]) -> dict[str, str]:
    """The aliases, and the document's longer names that hold an altered one."""
    aliases = dict(sorted(renamed.items()))
    for form in forms:
        for written, suggestion in sorted(renamed.items(), key=lambda i: (-len(i[0]), i[0])):
            if form not in aliases and f" {written} " in f" {form} ":
                aliases[form] = form.replace(written, suggestion)
    return aliases
