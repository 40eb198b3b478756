"""Files and archives that are hostile or broken, and tables: rows 40, 45 and 46 of the list."""

import io
import os
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import polars as pl
import pytest

from summit_pipeline.ingest import archives, forms
from summit_pipeline.ingest.folder import read_source
from summit_pipeline.ingest.items import Item, Rejection, Seen, Skipped
from summit_pipeline.ingest.sources import Source


def seen(path: Path, **options: object) -> list[Seen]:
    kind = "folder" if path.is_dir() else "file"
    return list(read_source(Source(name="s", kind=kind, path=path, **options)))  # type: ignore


def reasons(things: list[Seen]) -> dict[str, str]:
    return {t.locator: t.reason for t in things if isinstance(t, Rejection)}


def items(things: list[Seen]) -> list[Item]:
    return [t for t in things if isinstance(t, Item)]


def test_row_45_a_zip_is_read_member_by_member(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("news/one.txt", "one")
        archive.writestr("two.jsonl", '{"guid": "2", "text": "two"}\n{broken\n')
        archive.writestr("feed.xml", "<rss><channel><item><title>t</title></item></channel></rss>")
        archive.writestr("../../x.txt", "out")
        archive.writestr("/abs.txt", "out")
        archive.writestr("bomb.txt", "0" * 20_000_000)
        archive.writestr("empty.txt", "")
        archive.writestr("photo.jpg", "x")
        archive.writestr("nested.zip", "x")
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    things = seen(path)
    assert reasons(things) == {
        "two.jsonl#2".join(["a.zip!", ""]): "parse.bad_line",
        "a.zip!../../x.txt": "archive.path",
        "a.zip!/abs.txt": "archive.path",
        "a.zip!bomb.txt": "archive.ratio",
        "a.zip!empty.txt": "file.empty",
        "a.zip!link.txt": "archive.path",
    }
    assert [i.locator for i in items(things)] == ["a.zip!news/one.txt", "2", "a.zip!feed.xml#1"]
    skipped = [t.locator for t in things if isinstance(t, Skipped)]
    assert skipped == ["a.zip!photo.jpg", "a.zip!nested.zip"]


def test_row_45_a_tar_is_read_as_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, body in (("one.txt", b"one"), ("../up.txt", b"x"), ("one.txt", b"again")):
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
        for name, kind in (("link.txt", tarfile.SYMTYPE), ("dev.txt", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    things = seen(path)
    assert [i.body for i in items(things)] == [b"one", b"again"]
    assert set(reasons(things).values()) == {"archive.path"}
    assert len(reasons(things)) == 3


def test_row_45_bombs_and_crowds_are_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tarfile.open(tmp_path / "bomb.tgz", "w:gz") as archive:
        info = tarfile.TarInfo("big.txt")
        info.size = 30_000_000
        archive.addfile(info, io.BytesIO(bytes([65]) * info.size))
    monkeypatch.setattr(archives, "MAX_MEMBERS", 5)
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as crowd:
        for number in range(9):
            crowd.writestr(f"{number}.txt", "x")
    (tmp_path / "cut.zip").write_bytes((tmp_path / "many.zip").read_bytes()[:200])
    assert reasons(seen(tmp_path)) == {
        "bomb.tgz": "archive.ratio",
        "many.zip": "archive.too_many",
        "cut.zip": "archive.broken",
    }


def test_row_45_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MAX_DUMP_BYTES", 100)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "out.jsonl").symlink_to("/etc/hostname")
    (tmp_path / "big.jsonl").write_bytes(b"x" * 101)
    (tmp_path / "empty.csv").write_bytes(b"")
    os.mkfifo(tmp_path / "pipe.txt")
    assert reasons(seen(tmp_path)) == {
        "out.jsonl": "file.link_outside",
        "big.jsonl": "file.too_large",
        "empty.csv": "file.empty",
        "pipe.txt": "file.unreadable",
    }


def test_row_45_sizes_and_names(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.html").write_bytes(b" \n\t")
    for name in ("huge.txt", "huge.xml", "huge.zip.txt"):
        with (tmp_path / name).open("wb") as huge:
            huge.truncate(5_000_000_000)  # sparse: no block of it is on the disk
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("A name in Latin-1.")
    things = seen(tmp_path)
    assert reasons(things) == {
        "empty.txt": "file.empty",
        "blank.html": "file.empty",
        "huge.txt": "file.too_large",
        "huge.xml": "file.too_large",
        "huge.zip.txt": "file.too_large",
    }
    (item,) = items(things)
    assert item.locator == "caf\\xe9.txt"
    assert item.locator.encode("utf-8") == b"caf\\xe9.txt"


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.warc", "a.xml"])
def test_row_45_a_file_that_grows_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / name
    path.write_text("text\nA line.\n")
    stat = Path.stat
    asked = 0

    def growing(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        nonlocal asked
        asked += self == path
        if self == path and asked > 2:  # is it there, how large is it; then somebody writes
            with path.open("a") as more:
                more.write("more\n")
        return stat(self, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", growing)
    assert "file.changed_during_read" in reasons(seen(path)).values()


def test_row_45_a_file_without_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.jsonl", "c.zip", "d.warc"):
        (tmp_path / name).write_text("text")

    def refusing(self: Path, *args: object, **options: object) -> object:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refusing)
    monkeypatch.setattr(zipfile, "ZipFile", refusing)
    found = reasons(seen(tmp_path))
    readable = dict.fromkeys(("a.txt", "b.jsonl", "d.warc"), "file.unreadable")
    assert found == readable | {"c.zip": "archive.broken"}


def test_row_46_jsonl_with_marks_line_ends_and_mixed_rows(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(
        b'\xef\xbb\xbf{"text": "one", "guid": 1}\r\n'
        b'{"broken": \r\n'
        b"\r\n"
        b'{"text": "two", "extra": {"a": [1]}}\n'
        b'["no", "object"]\n'
        b'{"text": {"a": 1}}\n'
        b'{"text": "three", "title": ["x"]}\n'
        b'{"headline": "no text"}\n'
        b"[" + b"[" * 100_000 + b"\n"
        b'{"text": "four"}'
    )
    things = seen(tmp_path)
    assert [i.body for i in items(things)] == [b"one", b"two", b"four"]
    assert reasons(things) == {
        "a.jsonl#2": "parse.bad_line",
        "a.jsonl#5": "parse.bad_line",
        "a.jsonl#6": "parse.bad_item",
        "a.jsonl#7": "parse.bad_item",
        "a.jsonl#8": "parse.no_text",
        "a.jsonl#9": "parse.bad_line",
    }


def test_row_46_a_line_of_200_megabytes(tmp_path: Path) -> None:
    with (tmp_path / "a.jsonl").open("wb") as file:
        file.write(b'{"text": "before"}\n{"text": "')
        file.seek(200_000_000, os.SEEK_CUR)  # a hole, which reads as zeros
        file.write(b'"}\n{"text": "after"}\n')
    tracemalloc.start()
    things = seen(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 64_000_000
    assert [i.body for i in items(things)] == [b"before", b"after"]
    (refused,) = (t for t in things if isinstance(t, Rejection))
    assert (refused.locator, refused.reason) == ("a.jsonl#2", "parse.line_too_long")
    assert refused.size == 200_000_000 + len('{"text": ""}\n')


def test_row_46_long_lines_of_jsonl_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summit_pipeline.ingest.jsonl.MAX_RECORD_BYTES", 1_000)
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "' + b"x" * 5_000 + b'"}\r\n{"text": "ok"}\r\n')
    things = seen(tmp_path)
    assert reasons(things) == {"a.jsonl#1": "parse.line_too_long"}
    assert [i.body for i in items(things)] == [b"ok"]


def test_row_46_csv_rows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(
        "\ufeffid;headline;body;when\r\n"
        '1;"Two\nlines";"He said ""no"".";07/02/2025\r\n'
        "2;too;few\r\n"
        "3;=cmd();  ;\r\n"
        '4;=cmd();"=1+1";\r\n'.encode()
    )
    columns = {"guid": "id", "title": "headline", "text": "body", "published_at": "when"}
    things = seen(tmp_path / "a.csv", columns=columns, date_order="dmy")
    first, last = items(things)
    assert (first.title, first.body, first.published) == (
        "Two\nlines", b'He said "no".', "07/02/2025",
    )  # fmt: skip
    assert first.date_order == "dmy"
    assert (last.title, last.body) == ("=cmd()", b"=1+1")
    assert reasons(things) == {"a.csv#4": "parse.bad_line", "a.csv#5": "parse.no_text"}


def test_row_46_a_csv_without_the_column_says_which_it_has(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("headline,story\na,b\n")
    (rejection,) = seen(tmp_path)
    assert isinstance(rejection, Rejection)
    assert rejection.reason == "parse.bad_file"
    assert "no column 'text' but headline, story" in rejection.detail


def test_row_46_parquet(tmp_path: Path) -> None:
    table = pl.DataFrame({"text": ["one", None, "three"], "guid": [1, 2, 3]})
    table.write_parquet(tmp_path / "good.parquet")
    (tmp_path / "cut.parquet").write_bytes((tmp_path / "good.parquet").read_bytes()[:-20])
    pl.DataFrame({"text": [["a"], ["b"]]}).write_parquet(tmp_path / "types.parquet")
    things = seen(tmp_path)
    assert [(i.identity, i.body) for i in items(things)] == [("1", b"one"), ("3", b"three")]
    assert reasons(things) == {
        "cut.parquet": "parse.bad_file",
        "good.parquet#2": "parse.no_text",
        "types.parquet#1": "parse.bad_item",
        "types.parquet#2": "parse.bad_item",
    }


def test_a_sidecar_tells_of_its_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "a.json").write_text('{"outlet": "Daily", "published_at": "2025-02-07", "x": 1}')
    (tmp_path / "data.json").write_text('{"x": 1}')
    things = seen(tmp_path)
    assert [(i.outlet, i.published) for i in items(things)] == [("Daily", "2025-02-07")]
    assert [t.locator for t in things if isinstance(t, Skipped)] == ["data.json"]
