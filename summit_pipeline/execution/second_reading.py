"""The normalise stage with a second reader of pages, which runs in a child process of ingest's.

Belongs here: putting the two together, in a function that worker processes can be handed. The child
is started with the first page of a batch, and ends with the batch.
"""

import polars as pl

from summit_pipeline.ingest.parsing_child import ParsingChild
from summit_pipeline.normalise.pipeline import Normalised, normalise_batch


def normalise_with_second_reader(versions: pl.DataFrame) -> Normalised:
    """Normalise a frame of `DocumentVersion`, whole pages among them read twice."""
    with ParsingChild() as child:
        return normalise_batch(versions, child.page_text)
