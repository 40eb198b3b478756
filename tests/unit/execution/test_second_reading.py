"""The second reader of pages: at work in the stage, and no burden where no page is read."""

import subprocess
import sys
from datetime import datetime

from summit_pipeline.execution.second_reading import normalise_with_second_reader
from summit_pipeline.rows import frame, read
from summit_pipeline.vocabulary import DocumentVersion, NormalisedText

STORY = "".join(
    f"<p>{text}</p>"
    for text in (
        "The deficit rose to $68.5 billion in 2024, the statistics office said on Friday morning.",
        "Exports grew by four per cent over the year while imports fell for a third year.",
        "Ministers will meet in Geneva next week to talk about what the figures mean for them.",
    )
)


def version(number: int, media_type: str, body: str) -> DocumentVersion:
    return DocumentVersion(
        version_id=f"v{number}", document_id="d", source="s", locator="l", outlet="o", url=None,
        media_type=media_type, declared_encoding=None, title_field=None, published_field=None,  # type: ignore[arg-type]
        body=body.encode(), body_hash="h", first_seen_at=datetime(2025, 2, 7), first_run_id="r",
    )  # fmt: skip


def test_pages_and_texts_of_a_batch_come_in_their_order() -> None:
    page = f"<html><body><article><h1>Deficit</h1>{STORY}</article></body></html>"
    batch = [version(1, "text/html", page), version(2, "text/plain", "Only a line of text.")]
    done = read(NormalisedText, normalise_with_second_reader(frame(DocumentVersion, batch)).texts)
    assert [text.version_id for text in done] == ["v1", "v2"]
    assert "Geneva" in done[0].clean_text


def test_the_libraries_of_pages_are_not_loaded_with_the_definitions() -> None:
    script = (
        "import sys, summit_pipeline.definitions as d; d.defs(); "
        "print([m for m in ('trafilatura', 'fastwarc', 'feedparser') if m in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"
