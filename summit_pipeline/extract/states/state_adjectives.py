"""States told by an adjective: "the posts were uncontested", "a jury found Doe guilty".

Belongs here: adjectives after "be" and its like. Does not belong here: verbs (`deeds`).
"""

from summit_pipeline.extract.framing.phrases import Phrase, phrase_to, subject_before
from summit_pipeline.extract.framing.tagging import ADV, NAME, NOUN, NUM, PRON, TO, View
from summit_pipeline.extract.naming.names import NameBook
from summit_pipeline.extract.states.deed_words import DeedWords
from summit_pipeline.extract.states.participants import thing_of, undergoer, who_of
from summit_pipeline.extract.states.status_readings import StatusReading
from summit_pipeline.extract.states.status_words import StatusWords


def _found_so(view: View, at: int) -> Phrase | None:
    """Whom "found him" speaks of, where it ends at token `at`."""
    token = view.tokens[at]
    whom = Phrase(at, at, at) if token.tag == PRON else phrase_to(view, at)
    if whom is None or whom.first < 1 or view.tokens[whom.first - 1].lemma != "find":
        return None
    return whom


def adjective_reading(
    text: str, names: NameBook, view: View, at: int, words: DeedWords, states: StatusWords
) -> StatusReading | None:
    """A state told by an adjective: "the posts were uncontested"."""
    tokens = view.tokens
    if at + 1 < len(tokens) and (
        tokens[at + 1].tag in (NOUN, NAME, NUM, TO) or tokens[at + 1].lower in ("that", "as")
    ):
        return None
    back = at - 1
    while back >= 0 and (tokens[back].tag == ADV or tokens[back].lower in ("still", "both")):
        back -= 1
    if back < 1:
        return None
    status, polarity = words.adjectives[tokens[at].lower]
    if tokens[back].lemma in words.copulas:
        thing = thing_of(text, names, view, subject_before(view, back))
    elif status == "guilty" and (whom := _found_so(view, back)) is not None:
        thing = undergoer(text, names, view, whom, who_of(text, names, view, whom, states)[1])
        status, polarity = ("convicted", 1) if polarity > 0 else ("acquitted", 1)
    else:
        return None
    if thing is None:
        return None
    return StatusReading(back, at, status, "copula", thing, modality=None, denied=polarity < 0)
