"""The one input of every rule in this stage: a clean text with its sentences and offset map."""

from dataclasses import dataclass
from datetime import date

from summit_pipeline.text.layers import Layer
from summit_pipeline.vocabulary import Sentence, Span


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """A version's clean text, ready to be read. Offsets of all rules point into `text`."""

    version_id: str
    layer: Layer
    sentences: tuple[Sentence, ...]
    reference_date: date | None
    language: str = "en"

    @property
    def text(self) -> str:
        """The clean text."""
        return self.layer.text

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the clean offset."""
        for sentence in self.sentences:
            if sentence.clean_start <= offset < sentence.clean_end:
                return sentence
        return None

    def words(self, span: Span) -> str:
        """The clean words of a span."""
        return self.text[span.start : span.end]
