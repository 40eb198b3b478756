"""Pieces of evidence on where texts come from, as rows with the words that show them.

Belongs here: one function for each kind of evidence, and the weights. Does not belong here: finding
what they rest on (`agency_credits`, `copies`, `picture_hosts`, `quotation_images`), or what origin
follows (`origins`). Offsets are code points of the raw text.
"""

from collections.abc import Sequence

from summit_pipeline.lexicons.spun_pairs import load_spun_pairs
from summit_pipeline.reconcile.provenance.agency_credits import WEIGHTS, Credit
from summit_pipeline.reconcile.provenance.copies import Copy
from summit_pipeline.reconcile.provenance.picture_hosts import Picture, domain_of, pictures
from summit_pipeline.reconcile.provenance.quotation_images import find_images, quotations
from summit_pipeline.reconcile.tables import OriginEvidence, StoryDocument
from summit_pipeline.vocabulary import Span

DAMAGED_GRADES = ("spun", "rewritten")
"""Grades of texts whose words a machine chose."""

_PICTURE_WEIGHT = 0.3
# A remark in other words tells that its text was made from one with these words, not from which.
_IMAGE_WEIGHT = 0.3
# A rewritten copy is told from less than a near-copy is: a judgement, not a measurement.
_REWRITTEN_WORTH = 0.7
# Shorter words, in characters, stand in a text more than once.
_SHORTEST_FOUND = 40


def credit_rows(document: StoryDocument, named: Sequence[Credit]) -> list[OriginEvidence]:
    """One row for each credit."""
    return [
        _evidence(document, "", c.agency, f"agency_{c.kind}", c.span, WEIGHTS[c.kind])
        for c in named
    ]


def copy_rows(
    documents: Sequence[StoryDocument], copy: Copy, origins: dict[str, tuple[str, str]]
) -> list[OriginEvidence]:
    """One row for each side, showing words that the two share."""
    weight = max(copy.share_of_first, copy.share_of_second)
    if copy.kind == "rewritten_copy":
        weight *= _REWRITTEN_WORTH
    return [
        _evidence(
            documents[place],
            documents[copy.other(place)].document_id,
            origins[documents[place].version_id][0],
            copy.kind,
            _raw_span(documents[place], copy.span_in(place)),
            round(weight, 4),
        )
        for place in (copy.first, copy.second)
    ]


def _raw_span(document: StoryDocument, clean: Span) -> Span:
    """Where words of the clean text stand in the raw one.

    Cleaning mostly cuts, so they are looked for from the same offset on first. Where something was
    cut or changed among them, it is their beginning that is found.
    """
    found = document.clean_text[clean.start : clean.end]
    while found:
        for begin in (clean.start, 0):
            start = document.raw_text.find(found, begin)
            if start >= 0:
                return Span(start, start + len(found))
        found = found[: len(found) // 2] if len(found) > _SHORTEST_FOUND else ""
    return Span(0, len(document.raw_text))


def foreign_pictures(document: StoryDocument) -> list[Picture]:
    """Pictures of another publisher than the document's own."""
    own = domain_of(document.url) or domain_of(f"https://{document.outlet}/")
    outlet = _letters(document.outlet)
    return [
        picture
        for picture in pictures(document.raw_text)
        if picture.domain != own and _letters(picture.domain.split(".")[0]) not in outlet
    ]


def _letters(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def picture_rows(
    document: StoryDocument, documents: Sequence[StoryDocument]
) -> list[OriginEvidence]:
    """Borrowed pictures of spun and rewritten texts, and pictures of a sibling's publisher.

    Publishers keep pictures on domains of other names, so a foreign domain alone says nothing.
    """
    siblings = {domain_of(d.url) for d in documents if d.document_id != document.document_id}
    return [
        _evidence(document, "", p.domain, "borrowed_image", p.span, _PICTURE_WEIGHT)
        for p in foreign_pictures(document)
        if document.text_grade in DAMAGED_GRADES or p.domain in siblings
    ]


def image_rows(
    documents: Sequence[StoryDocument], origins: dict[str, tuple[str, str]]
) -> list[OriginEvidence]:
    """Quotations of spun and rewritten texts that are images of a sound sibling's."""
    spun = [document for document in documents if document.text_grade in DAMAGED_GRADES]
    sound = [document for document in documents if document.text_grade not in DAMAGED_GRADES]
    if not spun or not sound:
        return []
    pairs = load_spun_pairs()
    quoted = [quotations(document.clean_text) for document in sound]
    rows = []
    for document in spun:
        own = quotations(document.clean_text)
        for sibling, theirs in zip(sound, quoted, strict=True):
            rows += [
                _evidence(
                    document,
                    sibling.document_id,
                    origins[sibling.version_id][0],
                    "quotation_image",
                    _raw_span(document, own[image.quotation].span),
                    _IMAGE_WEIGHT,
                )
                for image in find_images(own, theirs, pairs)
            ]
    return rows


def _evidence(
    document: StoryDocument, other: str, origin: str, kind: str, span: Span, weight: float
) -> OriginEvidence:
    return OriginEvidence(
        document_id=document.document_id,
        other_document_id=other,
        origin=origin,
        kind=kind,
        start_char=span.start,
        end_char=span.end,
        weight=weight,
    )


def distinct(rows: Sequence[OriginEvidence]) -> list[OriginEvidence]:
    """One row for each key, in order."""
    by_key = {(r.document_id, r.kind, r.origin, r.other_document_id, r.start_char): r for r in rows}
    return [row for _, row in sorted(by_key.items())]
