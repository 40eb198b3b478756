"""Our own extractors behind the peers' interface, so that all are run and timed alike.

Runs in the project's environment. The time of quotations includes sentences and names.
"""

from datetime import date
from typing import Any

from benchmarks import quantities, quotes
from summit_pipeline.extract.naming.names import find_names
from summit_pipeline.extract.saying.attributions import find_attributions


def read_quotations(text: str) -> list[dict[str, Any]]:
    """Quotations and statements of an article."""
    doc = quotes.document(text, "benchmark")
    return quotes.as_predictions(text, find_attributions(doc, find_names(doc)))


def read_quantities(text: str, reference: str | None, file: str) -> list[dict[str, Any]]:
    """Amounts and dates, in the conventions of the set."""
    day = date.fromisoformat(reference[:10]) if reference else None
    return quantities.predict(text, day, file)
