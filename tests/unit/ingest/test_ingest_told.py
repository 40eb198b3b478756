"""Front matter, sidecars and manifests: who is believed, and what is broken costs itself only."""

import json
import os
from pathlib import Path

import pytest

from summit_pipeline.ingest.folder import read_source
from summit_pipeline.ingest.items import Item, Rejection, Seen, Skipped
from summit_pipeline.ingest.sources import Source
from summit_pipeline.ingest.told import front_matter
from summit_pipeline.normalise.pipeline import clean_text
from summit_pipeline.text.front_matter import read_front_matter

HEAD = (
    '---\ntitle: "Deficit: \\"it grows\\""\ndate: 2025-02-07 # as written\nauthor: Ann Lee\n---\n'
)
TEXT = "The deficit rose to $68.5 billion in 2024, the office said on Friday.\n"


def seen(path: Path) -> list[Seen]:
    kind = "folder" if path.is_dir() else "file"
    return list(read_source(Source(name="s", kind=kind, path=path)))  # type: ignore[arg-type]


@pytest.mark.parametrize("head", [HEAD, HEAD.replace("\n", "\r\n"), HEAD[:-4] + "...\n"])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_front_matter_tells_of_its_article_and_is_no_part_of_it(
    tmp_path: Path, head: str, name: str
) -> None:
    (tmp_path / name).write_text(head + TEXT, newline="")
    (item,) = seen(tmp_path)
    assert isinstance(item, Item)
    assert (item.title, item.published) == ('Deficit: "it grows"', "2025-02-07")
    assert item.body == (head + TEXT).encode()
    done = clean_text(item.body, item.media_type, None, item.title)
    assert done.raw == f"{item.title}\n\n{head}{TEXT}"
    assert "Ann Lee" not in done.layer.text
    assert "2025-02-07" not in done.layer.text
    sentence = done.sentences[-1]
    span = done.layer.to_raw(sentence.clean_start, sentence.clean_end)
    assert done.raw[span.start : span.end] == TEXT.strip()
    assert [f.rule for f in done.findings] == ["front_matter"]


def test_the_values_that_writers_use() -> None:
    told = front_matter(
        b"\xef\xbb\xbf---\n# made by hand\nlayout: post\ntitle: >-\n  A title\n  in two lines\n"
        b"tags:\n- one\n- two\nsource: https://a.example/1\npublisher: 'The ''Daily'''\n---\nText"
    )
    assert told.fields == {
        "title": "A title in two lines",
        "url": "https://a.example/1",
        "outlet": "The 'Daily'",
    }


@pytest.mark.parametrize(
    "text",
    [
        "---\nA rule above the text.\n---\nMore.",
        "---\nNote: this is prose between two rules.\n---\nMore.",
        "---\ntitle: it never ends\nText goes on.\n",
        "---\ntitle: x\n" + "a: b\n" * 10_000 + "---\n",
        "--- title: x ---\nText",
        "Text\n---\ntitle: x\n---\n",
        "---",
        "---\n",
    ],
)
def test_what_is_no_front_matter_stays_text(text: str) -> None:
    assert read_front_matter(text) is None


def test_a_manifest_counts_before_a_sidecar_and_that_before_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: head\nurl: https://a.example/h\noutlet: H\n---\nText"
    )
    (tmp_path / "a.json").write_text(json.dumps({"title": "side", "outlet": "S"}))
    (tmp_path / "sources.csv").write_text("file,outlet,title\na.md,M,\n")
    (item,) = seen(tmp_path)
    assert isinstance(item, Item)
    assert (item.outlet, item.title, item.url) == ("M", "side", "https://a.example/h")
    (alone,) = seen(tmp_path / "a.md")
    assert isinstance(alone, Item)
    assert alone.outlet == "S"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{broken", "is not valid JSON"),
        ("[1]", "is no JSON object"),
        ('{"title": 5, "outlet": "S"}', "'title' is no text"),
        ("[" * 200_000, "is not valid JSON"),
        ('{"a": "%s"}' % ("x" * 1_100_000), "is too long"),
    ],
)
def test_a_broken_sidecar_is_told_and_costs_nothing_else(
    tmp_path: Path, written: str, told: str
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.json").write_text(written)
    refused, item = seen(tmp_path)
    assert isinstance(refused, Rejection)
    assert (refused.locator, refused.reason) == ("a.json", "parse.bad_sidecar")
    assert told in refused.detail
    assert isinstance(item, Item)
    assert item.body == TEXT.encode()


def test_row_45_links_and_loops_and_folders_without_rights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "root"
    (root / "in").mkdir(parents=True)
    (root / "shut").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "x.txt").write_text("out")
    (root / "in" / "a.txt").write_text(TEXT)
    (root / "in" / "loop").symlink_to(root)
    (root / "away").symlink_to(tmp_path / "out")
    (root / "dead.txt").symlink_to(root / "nothing.txt")
    scandir = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    things = seen(root)
    assert [t.body for t in things if isinstance(t, Item)] == [TEXT.encode()]
    assert {t.locator: t.reason for t in things if isinstance(t, Rejection)} == {
        "shut": "file.unreadable",
        "away": "file.link_outside",
        "dead.txt": "file.link_outside",
    }
    assert [t.locator for t in things if isinstance(t, Skipped)] == ["in/loop"]
