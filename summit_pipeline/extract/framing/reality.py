"""How real a value is, and when it holds: polarity, modality and moment of the clause around it.

Belongs here: the clause that governs a value. Does not belong here: the words of modality
(`modality`), or whose value it is.
"""

from dataclasses import replace

from summit_pipeline.extract.framing.frame import Frame
from summit_pipeline.extract.framing.modality import is_question, modality_of, polarity_of
from summit_pipeline.extract.framing.periods import moment_of
from summit_pipeline.extract.framing.phrases import clause_end, clause_opening, clause_start
from summit_pipeline.extract.framing.scene import Scene


def with_reality(
    scene: Scene, frame: Frame, at: tuple[int, int], span: tuple[int, int], definite: bool = False
) -> Frame:
    """Add polarity, modality and moment of the clause that governs the value.

    Args:
        scene: the sentence.
        frame: the frame so far.
        at: first and last token of the value.
        span: its clean offsets.
        definite: whether it stands inside a definite noun phrase, which takes it for granted.
    """
    view, (first, last) = scene.view, at
    left, right = clause_start(view, first), clause_end(view, last)
    clause, governing = view.tokens[left:right], view.tokens[left:first]
    moment = moment_of(
        scene.doc, scene.dates, span, (clause[0].start, clause[-1].end) if clause else span
    )
    question = is_question(scene.doc.text, view.sentence)
    return replace(
        frame,
        polarity=1 if definite else polarity_of(governing),
        modality="asserted"
        if definite
        else modality_of(governing, clause_opening(view, left), question),
        as_of=moment.day if moment else frame.as_of,
        as_of_text=moment.text if moment else frame.as_of_text,
        as_of_expression=moment.expression if moment else frame.as_of_expression,
    )
