"""The one input of every rule in this stage: a clean text with its sentences and offset map."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from summit_pipeline.text.layers import Layer
from summit_pipeline.text.word_places import WordPlaces
from summit_pipeline.vocabulary import Sentence, Span


@dataclass(frozen=True)
class CleanDocument:
    """A version's clean text, ready to be read. Offsets of all rules point into `text`.

    What several rules look up in it is made once, when the first of them asks.
    """

    version_id: str
    layer: Layer
    sentences: tuple[Sentence, ...]
    reference_date: date | None
    language: str = "en"

    @cached_property
    def text(self) -> str:
        """The clean text."""
        return self.layer.text

    @cached_property
    def word_places(self) -> WordPlaces:
        """The words of the text with their places."""
        return WordPlaces(self.text)

    def words(self, span: Span) -> str:
        """The clean words of a span."""
        return self.text[span.start : span.end]
