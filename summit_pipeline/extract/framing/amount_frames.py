"""The frame of an amount with a measure noun: its phrase, its owner, its parties, its period.

Belongs here: putting these together for one amount. Does not belong here: finding the measure noun
(`measured_nouns`), amounts compared with others, counts, dates and ages (`frames`).
"""

from summit_pipeline.extract.framing.frame import Frame, with_over, with_period
from summit_pipeline.extract.framing.measured_nouns import Measure, measure_span
from summit_pipeline.extract.framing.parties import described_in, parties_in, pronoun_in
from summit_pipeline.extract.framing.periods import over_words, period_of, year_in
from summit_pipeline.extract.framing.phrases import Phrase, phrase_from, with_complements
from summit_pipeline.extract.framing.qualifiers import qualifiers_of
from summit_pipeline.extract.framing.reality import with_reality
from summit_pipeline.extract.framing.scene import Scene
from summit_pipeline.extract.framing.tagging import NAME, NOUN, POSS, View


def amount_frame(
    scene: Scene,
    at: tuple[int, int],
    span: tuple[int, int],
    kind: str,
    measure: Measure | None,
    bounds: tuple[int, int],
) -> Frame:
    """The frame of an amount.

    Args:
        scene: its sentence.
        at: its first and last token.
        span: its clean offsets.
        kind: its kind, a ClaimKind.
        measure: what it measures, where that was found.
        bounds: clean offsets between the amounts before and after it.
    """
    view, text, (first, last) = scene.view, scene.doc.text, at
    stretch = _measure_stretch(view, measure, first)
    period = (year_in(scene.doc, scene.dates, stretch) if stretch else None) or period_of(
        scene.doc, scene.dates, span, stretch, bounds
    )
    parties, actor = _parties_and_actor(scene, at, measure, stretch)
    frame = Frame(
        subject_text=_subject_text(scene, measure, stretch),
        measure=_measure_text(scene, measure),
        measure_head=measure.lemma if measure else None,
        parties=parties,
        actor=actor,
        qualifiers=qualifiers_of(view, text, first, last, kind, measure, bounds),
        rule=measure.rule if measure else "none",
    )
    frame = with_period(with_over(frame, over_words(text, span[1], bounds[1])), period)
    definite = measure is not None and measure.rule == "attributive" and _definite(view, first)
    return with_reality(scene, frame, at, span, definite)


def _parties_and_actor(
    scene: Scene, at: tuple[int, int], measure: Measure | None, stretch: tuple[int, int] | None
) -> tuple[tuple[str, ...], str | None]:
    """The parties of the measure phrase, its owner first; without a measure those of the clause."""
    view, text, (first, last) = scene.view, scene.doc.text, at
    if measure is None:
        actor = _holder(scene, first)
        if actor is not None:
            return (actor,), actor
        return parties_in(text, scene.names, *scene.clause(first, last)), None
    parties = parties_in(text, scene.names, *stretch) if stretch else ()
    actor = _owner(scene, stretch) or _referent(scene, stretch)
    if actor is None and not (measure.rule == "attributive" and _the(view, first)):
        actor = scene.name_of(measure.subject)
    if actor is not None and actor not in parties:
        parties = (actor, *parties)
    return parties, actor


def _measure_stretch(view: View, measure: Measure | None, first: int) -> tuple[int, int] | None:
    """Clean offsets of the measure phrase, its complements, and its part before the amount."""
    found = measure_span(view, measure) if measure else None
    if found is None or measure is None:
        return None
    left, right = found
    if measure.rule in ("attributive", "of_after", "in_after"):
        left = _phrase_left(view, first)
        right = _undertaken_end(view, right)
    elif measure.rule == "noun_before":
        right = _object_end(view, right + 2) if right + 2 < len(view.tokens) else right
    elif measure.rule == "object":
        right = max(right, _object_end(view, first))
    return view.tokens[left].start, view.tokens[right].end


def _undertaken_end(view: View, right: int) -> int:
    """The last token of "to buy X" or "and take over X" after a light noun ("attempt")."""
    at = right + 1
    if at + 2 >= len(view.tokens) or view.tokens[at].lower not in ("to", "and"):
        return right
    at += 2
    while at < len(view.tokens) and view.tokens[at].lower in ("over", "out", "up"):
        at += 1
    following = phrase_from(view, at) if at < len(view.tokens) else None
    return following.last if following else right


def _phrase_left(view: View, first: int) -> int:
    """The start of the noun phrase that an attributive amount stands in: its possessor."""
    at = first
    while at > 0 and view.tokens[at - 1].tag in (NAME, POSS, NOUN) and first - at < 7:
        at -= 1
    if at > 0 and view.tokens[at - 1].lower in ("the", "its", "their", "his", "her", "a", "an"):
        at -= 1
    return at


def _object_end(view: View, first: int) -> int:
    """The last token of the complements after an amount that a verb governs."""
    return with_complements(view, Phrase(first, first, first))


def _measure_text(scene: Scene, measure: Measure | None) -> str | None:
    if measure is None or measure.phrase is None:
        return None
    last = with_complements(scene.view, measure.phrase)
    if measure.rule == "object":
        last = measure.phrase.last
    return scene.words(Phrase(measure.phrase.first, last, last)) or None


def _subject_text(
    scene: Scene, measure: Measure | None, stretch: tuple[int, int] | None
) -> str | None:
    if stretch is not None and measure is not None and measure.rule != "object":
        return " ".join(scene.doc.text[stretch[0] : stretch[1]].split())
    if measure is not None and measure.subject is not None:
        return scene.words(measure.subject)
    return None


def _owner(scene: Scene, stretch: tuple[int, int] | None) -> str | None:
    """The possessor in a stretch: "Japan's surplus", else a name right before its noun."""
    if stretch is None:
        return None
    for mention in scene.view.mentions:
        if stretch[0] <= mention.start and mention.end <= stretch[1]:
            after = scene.doc.text[mention.end : mention.end + 2]
            if after in ("’s", "'s") or after[:1] in ("’", "'"):
                return mention.stands_for or mention.canonical
            if after[:1] == " " and _before_noun(scene.view, mention.end):
                return mention.stands_for or mention.canonical
    return None


def _referent(scene: Scene, stretch: tuple[int, int] | None) -> str | None:
    """Who "the company's" or "its" in the measure phrase means."""
    if stretch is None:
        return None
    text, names = scene.doc.text, scene.names
    return described_in(text, names, *stretch) or pronoun_in(
        text, names, scene.view.sentence.clean_start, *stretch
    )


def _the(view: View, first: int) -> bool:
    return view.tokens[_phrase_left(view, first)].lower == "the"


def _before_noun(view: View, offset: int) -> bool:
    at = view.first_at(offset)
    return at < len(view.tokens) and view.tokens[at].tag == NOUN


def _holder(scene: Scene, first: int) -> str | None:
    """The name that an amount is tied to by "with" or "at": "Doe with 18 percent"."""
    tokens = scene.view.tokens
    if first < 2 or tokens[first - 1].lower not in ("with", "at", "gets", "got", "has"):
        return None
    return scene.name_of(Phrase(first - 2, first - 2, first - 2))


def _definite(view: View, first: int) -> bool:
    """Whether the amount stands inside "the ..." or "X's ..."."""
    left = _phrase_left(view, first)
    return any(
        t.tag == POSS or t.lower in ("the", "its", "their", "his", "her", "this")
        for t in view.tokens[left:first]
    )
