"""Claims made by hand, for tests of the rules that compare them."""

from datetime import date, datetime
from typing import Any

from summit_pipeline.reconcile.slotting.parties import StoryNames
from summit_pipeline.reconcile.slotting.readings import Reading, Source, read_claims
from summit_pipeline.reconcile.tables import StoryDocument
from summit_pipeline.text.identity import stable_id
from summit_pipeline.vocabulary import Claim, NameMention

DATES = ("date_start", "date_end", "period_start", "period_end", "as_of")

EMPTY = (
    "canonical", "value", "unit", "interval_low", "interval_high", "date_start", "date_end",
    "date_expression", "approximator", "subject_text", "measure", "measure_head", "actor",
    "period_text", "period_expression", "period_start", "period_end", "speaker", "speaker_basis",
    "cue", "utterance_id", "as_of", "as_of_text", "as_of_expression",
)  # fmt: skip


def claim(version: str, words: str, sentence: str | None = None, **given: Any) -> Claim:
    """A claim of a version; whatever is not given has the value of a plain asserted figure."""
    sentence = sentence or f"It was {words}."
    start = given.pop("start", 0) + sentence.index(words)
    kind = given.setdefault("kind", "money")
    for key in DATES:
        if isinstance(given.get(key), str):
            given[key] = date.fromisoformat(given[key])
    for key in ("parties", "qualifiers"):
        given[key] = tuple(given.get(key, ()))
    if given.get("unit") is None and kind == "money":
        given["unit"] = "USD"
    plain: dict[str, Any] = dict.fromkeys(EMPTY)
    plain |= {
        "in_quotation": kind == "quotation",
        "polarity": 1,
        "modality": "asserted",
        "part": "body",
        "is_repeat": False,
        "rule": "made",
        "confidence": 1.0,
    }
    return Claim(
        **plain
        | {
            "claim_id": stable_id(version, start, words, kind, sentence),
            "version_id": version,
            "value_text": words,
            "start_char": start,
            "end_char": start + len(words),
            "clean_start": start,
            "clean_end": start + len(words),
            "sentence": sentence,
            "sentence_start": start - sentence.index(words),
        }
        | given
    )


def source(version: str, **given: Any) -> Source:
    """A clean document of an outlet of its own, published when `published` says."""
    published = given.pop("published", None)
    day = date.fromisoformat(published) if isinstance(published, str) else published
    plain: dict[str, Any] = {
        "document_id": version,
        "version_id": version,
        "outlet": f"Outlet {version}",
        "origin": f"Outlet {version}",
        "origin_known": True,
        "grade": "clean",
        "published": day,
        "reference": day,
        "reference_basis": "field",
    }
    return Source(**plain | given)


def reading(made: Claim, **given: Any) -> Reading:
    """A claim as its story reads it, alone."""
    return read_claims(
        [made], {made.version_id: source(made.version_id, **given)}, StoryNames(speakers(made))
    )[0]


def speakers(made: Claim) -> list[NameMention]:
    """The name of a claim's speaker; a lower-case letter first makes it a description, no name."""
    written = made.speaker or ""
    return [named(made.version_id, written)] if written[:1].isupper() else []


def document(version: str, text: str, **given: Any) -> StoryDocument:
    """A story document with the given text."""
    published = given.pop("published", None)
    return StoryDocument(
        **{
            "document_id": version,
            "version_id": version,
            "source": "test",
            "outlet": f"Outlet {version}",
            "url": None,
            "title": None,
            "raw_text": text,
            "clean_text": text,
            "language": "en",
            "published_at": datetime.fromisoformat(published) if published else None,
            "published_basis": "field" if published else "none",
            "dateline_place": None,
            "agencies": (),
            "text_grade": "clean",
            "text_grade_score": 0.0,
            "text_grade_reason": "",
        }
        | given
    )


def named(version: str, name: str) -> NameMention:
    """A person's name that a version writes at its start."""
    return NameMention(
        version_id=version,
        start_char=0,
        end_char=len(name),
        clean_start=0,
        clean_end=len(name),
        text=name,
        canonical=name,
        name_type="person",
        role=None,
        gender=None,
    )
