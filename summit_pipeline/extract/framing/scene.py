"""A tagged sentence with its document, its names and its dates: what frames are read from.

Belongs here: what every reader of frames asks of a sentence. Does not belong here: any frame.
"""

from collections.abc import Sequence
from typing import NamedTuple

from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.extract.framing.parties import party_of, pronoun_in
from summit_pipeline.extract.framing.periods import DateLike
from summit_pipeline.extract.framing.phrases import Phrase, clause_end, clause_start
from summit_pipeline.extract.framing.tagging import NAME, PRON, View
from summit_pipeline.extract.naming.names import NameBook


class Scene(NamedTuple):
    """A sentence as tokens, with the document's names and the sentence's dates."""

    doc: CleanDocument
    names: NameBook
    view: View
    dates: Sequence[DateLike]

    def words(self, phrase: Phrase) -> str:
        """The words of a phrase, blanks evened out."""
        first, last = self.view.tokens[phrase.first].start, self.view.tokens[phrase.last].end
        return " ".join(self.doc.text[first:last].split())

    def clause(self, first: int, last: int) -> tuple[int, int]:
        """Clean offsets of the clause that holds the tokens."""
        left, right = clause_start(self.view, first), clause_end(self.view, last)
        return self.view.tokens[left].start, self.view.tokens[max(left, right - 1)].end

    def name_of(self, phrase: Phrase | None) -> str | None:
        """The party at the head of a phrase: a name, or what a pronoun means; else None."""
        if phrase is None:
            return None
        head = self.view.tokens[phrase.head]
        if head.tag == PRON:
            start = self.view.sentence.clean_start
            return pronoun_in(self.doc.text, self.names, start, head.start, head.end)
        mention = self.names.mention_at(head.start) if head.tag == NAME else None
        return party_of(self.doc.text, mention) if mention else None
