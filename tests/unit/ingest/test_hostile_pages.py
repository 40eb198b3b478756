"""Pages that are deep, broken or no pages, and texts with commands in them: rows 39, 40 and 44."""

import random
import time
from pathlib import Path

import polars as pl
import pytest

from summit_pipeline.ingest.folder import read_source
from summit_pipeline.ingest.items import Item, Rejection, Seen
from summit_pipeline.ingest.parsing_child import Limits, ParsingChild
from summit_pipeline.ingest.sources import Source
from summit_pipeline.normalise.pipeline import clean_text

STORY = (
    "The deficit rose to $68.5 billion in 2024, the statistics office said on Friday. Exports "
    "grew by four per cent over the year while imports fell for the third time running."
)
DEEP = {
    "divs": "<div>" * 100_000 + f"<p>{STORY}</p>" + "</div>" * 100_000,
    "tables": "<table><tr><td>" * 3_000 + f"<p>{STORY}</p>" + "</td></tr></table>" * 3_000,
    "unclosed": "<a><b><i>" * 20_000 + f"<p>{STORY}</p>",
}


def read(path: Path) -> list[Seen]:
    return list(read_source(Source(name="s", kind="folder", path=path)))


@pytest.mark.parametrize("name", DEEP)
def test_row_39_deep_pages_are_read_within_bounds(name: str) -> None:
    page = f"<html><head><title>Deep</title></head><body>{DEEP[name]}</body></html>"
    start = time.process_time()
    with ParsingChild() as child:
        done = clean_text(page.encode(), "text/html", second_reader=child.page_text)
    assert time.process_time() - start < 20
    assert STORY in done.layer.text.replace("\n", " ")


def test_row_39_a_second_reader_that_does_not_end_is_ended() -> None:
    with ParsingChild(Limits(seconds=0.05)) as child:
        child.page_text("<html><body><p>start</p>")  # the start of the child is not limited
        assert child.page_text("<html><body>" + "<div>x" * 300_000) is None
        assert child.page_text(f"<html><body><article><p>{STORY}</p></article>") is not None


def test_row_39_what_neither_reader_can_tell_is_flagged() -> None:
    others = "".join(f"<div class='comments'>{f'<p>{n} {STORY}</p>' * 20}</div>" for n in range(2))
    page = f"<html><body><article><p>{STORY}</p></article>{others}</body></html>"
    with ParsingChild() as child:
        done = clean_text(page.encode(), "text/html", second_reader=child.page_text)
    assert "low_yield" in {f.kind for f in done.findings}


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"1 0 obj <</Length 5>>\n" * 50,
        random.Random(7).randbytes(750_000),
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"\x1f\x8b\x08" + random.Random(8).randbytes(1_000),
    ],
    ids=["pdf", "random", "png", "gzip"],
)
def test_row_40_what_is_no_text_is_not_read_as_a_page(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "a.html").write_bytes(body)
    (refused,) = read(tmp_path)
    assert isinstance(refused, Rejection)
    assert (refused.reason, refused.size) == ("extract.not_text", len(body))


COMMANDS = [
    "x'); DROP TABLE documents; --",
    "{{ jinja }} {% raw %}",
    "%s %(name)s {0}",
    '=cmd|"/c calc"!A1',
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "a\nb" * 1_000,
]


def test_row_44_commands_in_fields_are_text(tmp_path: Path) -> None:
    frame = pl.DataFrame({"title": COMMANDS, "text": [f"{c} and more" for c in COMMANDS]})
    (tmp_path / "a.jsonl").write_text(frame.write_ndjson())
    frame.write_csv(tmp_path / "b.csv")
    frame.write_parquet(tmp_path / "c.parquet")
    items = [t for t in read(tmp_path) if isinstance(t, Item)]
    assert [i.title for i in items] == COMMANDS * 3
    assert [i.body.decode() for i in items] == [f"{c} and more" for c in COMMANDS] * 3
