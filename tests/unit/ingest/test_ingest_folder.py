"""Reading folders and JSON Lines: nothing is lost, nothing bad spreads."""

import json
import os
from pathlib import Path

import pytest

from summit_pipeline.ingest import files
from summit_pipeline.ingest.folder import read_source
from summit_pipeline.ingest.items import Item, Rejection, Skipped
from summit_pipeline.ingest.sources import Source


def seen(folder: Path, **options: object) -> list[Item | Rejection | Skipped]:
    return list(read_source(Source(name="s", kind="folder", path=folder, **options)))


def reasons(things: list[Item | Rejection | Skipped]) -> dict[str, str]:
    return {t.locator: t.reason for t in things if isinstance(t, Rejection)}


def test_every_article_form_is_read_with_its_bytes_untouched(tmp_path: Path) -> None:
    bodies = {"a.txt": b"Caf\xe9 text\r\n", "sub/b.md": b"# Title\n\ntext", "c.HTML": b"<p>x</p>"}
    for name, body in bodies.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(body)
    items = {t.locator: t for t in seen(tmp_path)}
    assert {name: item.body for name, item in items.items()} == bodies
    assert items["sub/b.md"].media_type == "text/markdown"
    assert items["c.HTML"].media_type == "text/html"


def test_outlet_comes_from_the_manifest_then_the_source_then_the_name(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("text")
    (tmp_path / "sources.csv").write_text("file,outlet,published_at\na.txt,Daily,2025-02-07\n")
    told = {t.locator: t for t in seen(tmp_path)}
    assert (told["a.txt"].outlet, told["a.txt"].published) == ("Daily", "2025-02-07")
    assert told["b.txt"].outlet == "b.txt"
    assert {t.outlet for t in seen(tmp_path, outlet="House")} == {"Daily", "House"}


def test_a_broken_manifest_is_told_and_costs_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "sources.csv").write_bytes(b"\xff\xfe\x00nonsense")
    things = seen(tmp_path)
    assert reasons(things) == {"sources.csv": "parse.bad_manifest"}
    assert [t.locator for t in things if isinstance(t, Item)] == ["a.txt"]


def test_bad_files_are_quarantined_and_pictures_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 100)
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "pdf.txt").write_bytes(b"%PDF-1.7 ...")
    (tmp_path / "noise.txt").write_bytes(bytes(range(150, 240)) + bytes(9))
    (tmp_path / "big.txt").write_bytes(b"x" * 101)
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "out.txt").symlink_to("/etc/hostname")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "utf16.txt").write_bytes("Wide text".encode("utf-16"))
    (tmp_path / "good.txt").write_text("fine")
    things = seen(tmp_path)
    assert reasons(things) == {
        "empty.txt": "file.empty",
        "pdf.txt": "extract.not_text",
        "noise.txt": "extract.not_text",
        "big.txt": "file.too_large",
        "dead.txt": "file.link_outside",
        "out.txt": "file.link_outside",
    }
    assert [t.locator for t in things if isinstance(t, Skipped)] == ["photo.jpg"]
    assert [t.locator for t in things if isinstance(t, Item)] == ["good.txt", "utf16.txt"]


def test_a_name_that_is_no_utf8_is_shown_escaped(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))).write_text("text")
    assert [t.locator for t in seen(tmp_path)] == ["caf\\xe9.txt"]


def test_a_folder_that_is_not_there_is_one_rejection(tmp_path: Path) -> None:
    assert reasons(seen(tmp_path / "none")) == {".": "source.missing"}


def jsonl(tmp_path: Path, *lines: bytes, **options: object) -> list[Item | Rejection | Skipped]:
    (tmp_path / "feed.jsonl").write_bytes(b"\n".join(lines))
    return seen(tmp_path, **options)


def test_one_broken_line_costs_itself_alone(tmp_path: Path) -> None:
    things = jsonl(
        tmp_path,
        b'\xef\xbb\xbf{"guid": "1", "text": "one"}\r',
        b'{"guid": "2", "text": ',
        b"[1, 2]",
        b'{"guid": "3"}',
        b'{"guid": "4", "text": ["a"]}',
        b"[" * 100_000,
        b"",
        b'{"guid": 5, "text": "five", "published_at": "2025-02-07", "source": "Daily"}',
    )
    assert reasons(things) == {
        "feed.jsonl#2": "parse.bad_line",
        "feed.jsonl#3": "parse.bad_line",
        "feed.jsonl#4": "parse.no_text",
        "feed.jsonl#5": "parse.bad_item",
        "feed.jsonl#6": "parse.bad_line",
    }
    items = [t for t in things if isinstance(t, Item)]
    assert [(i.identity, i.body) for i in items] == [("1", b"one"), ("5", b"five")]
    assert (items[1].outlet, items[1].published) == ("Daily", "2025-02-07")


def test_columns_are_mapped_and_surrogates_replaced_one_for_one(tmp_path: Path) -> None:
    line = json.dumps({"headline": "T\ud800", "body": "x\udfffy", "link": "https://a.b/c"})
    columns = {"title": "headline", "text": "body", "url": "link"}
    (item,) = jsonl(tmp_path, line.encode(), columns=columns)
    assert isinstance(item, Item)
    assert item.title == "T\ufffd"
    assert item.body.decode() == "x\ufffdy"
    assert item.identity_basis == "url"


def test_an_item_without_guid_and_url_is_known_by_its_content(tmp_path: Path) -> None:
    first, second = jsonl(tmp_path, b'{"text": "same"}', b'{"text": "same", "x": 1}')
    assert isinstance(first, Item)
    assert isinstance(second, Item)
    assert first.identity == second.identity
