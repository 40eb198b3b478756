"""Which independent voice stands behind each document of a story.

Unknown dependence is shown as unknown: a document for which nothing is found is its outlet's own
voice, with a basis that says "undetermined". Belongs here: weighing the pieces of evidence. Does
not belong here: finding them (`agency_credits`, `copies`, `picture_hosts`, `quotation_images`),
rows (`evidence_rows`), or counting votes (`deciding.votes`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from summit_pipeline.reconcile.grouping.articles import reading_order
from summit_pipeline.reconcile.provenance.agency_credits import (
    WHOLE_TEXT,
    Credit,
    agency_named,
    find_credits,
)
from summit_pipeline.reconcile.provenance.copies import Copy, find_copies
from summit_pipeline.reconcile.provenance.evidence_rows import (
    DAMAGED_GRADES,
    copy_rows,
    credit_rows,
    distinct,
    foreign_pictures,
    image_rows,
    picture_rows,
)
from summit_pipeline.reconcile.provenance.shingles import Shingled, shingle
from summit_pipeline.reconcile.tables import OriginEvidence, StoryDocument

_UNDETERMINED = "undetermined: no agency named and no copy found"


@dataclass(frozen=True, slots=True)
class Origins:
    """Origin and its basis in words by version, and the pieces of evidence."""

    by_version: dict[str, tuple[str, str]]
    evidence: list[OriginEvidence]


def find_origins(documents: Sequence[StoryDocument]) -> Origins:
    """The origins of the documents of one story, in any order.

    Documents that copy each other, directly or through a third, share one origin: the agency that
    one of them credits, else the outlet of the text that the others copy (the earliest where all
    are dated, else the most complete).
    """
    ordered = sorted(documents, key=lambda d: (reading_order(d), d.version_id))
    named = [find_credits(document.raw_text, document.agencies) for document in ordered]
    shingled = [shingle(document.clean_text) for document in ordered]
    copies = find_copies([d.clean_text for d in ordered], shingled)
    by_version: dict[str, tuple[str, str]] = {}
    evidence = [
        row
        for document, found in zip(ordered, named, strict=True)
        for row in credit_rows(document, found)
    ]
    for group in _groups(len(ordered), copies):
        head = _head([ordered[place] for place in group], [shingled[place] for place in group])
        head_place = group[head]
        group_origin = _group_origin(ordered, named, group, head_place)
        for place in group:
            document = ordered[place]
            own = _stated(document, named[place])
            if own and place == head_place:
                by_version[document.version_id] = own
            elif len(group) == 1:
                by_version[document.version_id] = own or _unstated(document, named[place])
            else:
                basis = _copy_basis(ordered, copies, place, head_place, group_origin)
                by_version[document.version_id] = (group_origin, basis)
    for copy in copies:
        evidence += copy_rows(ordered, copy, by_version)
    for document in ordered:
        evidence += picture_rows(document, ordered)
    evidence += image_rows(ordered, by_version)
    return Origins(by_version, distinct(evidence))


def _stated(document: StoryDocument, named: Sequence[Credit]) -> tuple[str, str] | None:
    """The origin that the document itself states, with its basis; None if it states none."""
    own = agency_named(document.outlet)
    if own:
        return own, f"outlet: {document.outlet} is an agency"
    for credit in named:
        words = document.raw_text[credit.span.start : credit.span.end]
        if credit.kind in WHOLE_TEXT:
            return credit.agency, f"agency credit: {words!r} in the {credit.kind.replace('_', ' ')}"
        if credit.kind == "told" and document.text_grade == "spun":
            return credit.agency, f"agency credit: sources spoke to {words}; the text is spun"
    return None


def _unstated(document: StoryDocument, named: Sequence[Credit]) -> tuple[str, str]:
    """The outlet itself, with what is known of its dependence."""
    if named:
        names = ", ".join(dict.fromkeys(credit.agency for credit in named))
        return (
            document.outlet,
            f"undetermined: {names} named for a part, not for the text",
        )
    foreign = foreign_pictures(document) if document.text_grade == "spun" else []
    if foreign:
        domain = foreign[0].domain
        return domain, f"borrowed picture of {domain}; the text is spun"
    return document.outlet, _UNDETERMINED


def _groups(count: int, copies: Sequence[Copy]) -> list[list[int]]:
    """Connected documents, each group and the groups in reading order."""
    label = list(range(count))

    def root(place: int) -> int:
        while label[place] != place:
            label[place] = label[label[place]]
            place = label[place]
        return place

    for copy in copies:
        low, high = sorted((root(copy.first), root(copy.second)))
        label[high] = low
    groups: dict[int, list[int]] = {}
    for place in range(count):
        groups.setdefault(root(place), []).append(place)
    return list(groups.values())


def _head(documents: Sequence[StoryDocument], shingled: Sequence[Shingled]) -> int:
    """The text that the others copy: undamaged; earliest if times tell, else most complete."""
    sound = [p for p, d in enumerate(documents) if d.text_grade not in DAMAGED_GRADES]
    places = sound or list(range(len(documents)))
    times = [documents[place].published_at for place in places]
    if None not in times and times.count(times[0]) == 1:
        return places[0]  # in reading order
    return max(places, key=lambda place: (len(shingled[place].places), -place))


def _group_origin(
    documents: Sequence[StoryDocument],
    named: Sequence[Sequence[Credit]],
    group: Sequence[int],
    head: int,
) -> str:
    """The agency that the head credits, else the next member's, else the head's outlet."""
    for place in (head, *group):
        stated = _stated(documents[place], named[place])
        if stated:
            return stated[0]
    return _unstated(documents[head], named[head])[0]


def _copy_basis(
    documents: Sequence[StoryDocument],
    copies: Sequence[Copy],
    place: int,
    head: int,
    group_origin: str,
) -> str:
    """Why a document of a group of copies has the group's origin."""
    if place == head and group_origin == documents[head].outlet:
        return "undetermined: no agency named; others copy this text"
    if place == head:
        return f"copy: another text of these words credits {group_origin}"
    mine = [c for c in copies if place in (c.first, c.second)]
    best = max(mine, key=lambda c: (c.other(place) == head, c.share_of(place), -c.other(place)))
    other = documents[best.other(place)]
    source = f"{other.document_id} ({other.outlet})"
    if best.kind == "near_copy":
        return f"near-copy: {best.share_of(place):.0%} of its five-word runs stand in {source}"
    return (
        f"rewritten copy: {best.share_of(place):.0%} of its names and numbers, in order: {source}"
    )
