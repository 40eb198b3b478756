"""Web archives: pages of responses; a broken record costs itself, wherever it breaks."""

import base64
import gzip
import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from summit_pipeline.ingest.folder import read_source
from summit_pipeline.ingest.items import Item, Rejection, Seen, Skipped
from summit_pipeline.ingest.sources import Source

HTML = "Content-Type: text/html; charset=utf-8\r\n"


def http(body: bytes, head: str = HTML, status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def record(
    url: str,
    block: bytes,
    kind: str = "response",
    media_type: str = "application/http; msgtype=response",
    length: int | None = None,
    digest: str | None = None,
) -> bytes:
    """A WARC record; without a digest where it is ""."""
    if digest is None:
        digest = "sha1:" + base64.b32encode(hashlib.sha1(block).digest()).decode()
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2025-02-07T10:00:00Z",
        "WARC-Record-ID: <urn:uuid:4f6a7c1e-0000-4000-8000-000000000000>",
        f"Content-Type: {media_type}",
        f"Content-Length: {len(block) if length is None else length}",
    ]
    lines += [f"WARC-Block-Digest: {digest}"] if digest else []
    return "\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n"


def page(number: int, digest: str | None = None) -> bytes:
    return record(f"http://a.example/{number}", http(b"<p>page %d</p>" % number), digest=digest)


def read(folder: Path, body: bytes, name: str = "a.warc") -> list[Seen]:
    (folder / name).write_bytes(body)
    return list(read_source(Source(name="s", kind="file", path=folder / name)))


def bodies(things: list[Seen]) -> list[bytes]:
    return [t.body for t in things if isinstance(t, Item)]


def refused(things: list[Seen]) -> dict[str, str]:
    return {t.locator: t.reason for t in things if isinstance(t, Rejection)}


def test_pages_become_documents_known_by_their_address(tmp_path: Path) -> None:
    head = b'<link rel="canonical" href="/story"><body>'
    body = (
        record("http://a.example", b"software: x", "warcinfo", "application/warc-fields")
        + record("http://www.a.example/story?utm_source=x", b"GET /", "request")
        + record("http://www.a.example/story?utm_source=x", http(head + b"<p>one</p>"))
        + record("http://a.example/gone", http(b"<p>no</p>", status="404 Not Found"))
        + record("http://a.example/cat.jpg", http(b"\xff\xd8", "Content-Type: image/jpeg\r\n"))
        + record("http://a.example/pdf", http(b"%PDF-1.4 \x00\x01"))
        + record("http://a.example/res", b"<p>resource</p>", "resource", "text/html")
    )
    things = read(tmp_path, body)
    first, second = (t for t in things if isinstance(t, Item))
    assert (first.url, first.identity, first.identity_basis) == (
        "http://www.a.example/story?utm_source=x", None, "url",
    )  # fmt: skip
    assert first.canonical_url == "http://www.a.example/story"
    assert (first.outlet, first.media_type, first.declared_encoding) == (
        "a.example", "text/html", "utf-8",
    )  # fmt: skip
    assert second.body == b"<p>resource</p>"
    assert [t.reason for t in things if isinstance(t, Skipped)] == [
        "no page: answer 404", "no page: image/jpeg",
    ]  # fmt: skip
    assert list(refused(things).values()) == ["extract.not_text"]


def test_packed_answers_are_unpacked_and_bounded(tmp_path: Path) -> None:
    packed = HTML + "Content-Encoding: gzip\r\n"
    chunked = HTML + "Transfer-Encoding: chunked\r\n"
    body = (
        record("http://a.example/1", http(b"5\r\n<p>in\r\na\r\n parts</p>\r\n0\r\n\r\n", chunked))
        + record("http://a.example/2", http(gzip.compress(b"<p>packed</p>"), packed))
        + record("http://a.example/3", http(gzip.compress(b"<p>" * 4_000_000), packed))
        + record("http://a.example/4", http(b"not packed", packed))
        + page(5)
    )
    things = read(tmp_path, body)
    assert bodies(things) == [b"<p>in parts</p>", b"<p>packed</p>", b"<p>page 5</p>"]
    assert list(refused(things).values()) == ["warc.bad_record", "warc.bad_record"]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (record("http://a.example/x", http(b"x"), digest="sha1:" + 32 * "A"), "warc.bad_digest"),
        (record("http://a.example/x", http(b"long"), length=400), "warc.bad_digest"),
        (record("http://a.example/x", http(b"long"), length=400, digest=""), "warc.wrong_length"),
        (record("http://a.example/x", http(b"short"), length=20), "warc.bad_digest"),
        (record("http://a.example/x", http(b"short"), length=20, digest=""), "warc.wrong_length"),
        (record("http://a.example/x", http(b"huge"), length=10**18), "warc.too_large"),
        (record("http://a.example/x", http(b"long"), length=9_000), "warc.cut_record"),
        (record("http://a.example/x", http(b"x"), "revisit"), "warc.revisit"),
        (b"this is no record\r\n\r\n", "warc.bad_record"),
    ],
)
def test_row_46_a_broken_record_costs_itself(
    tmp_path: Path, broken: bytes, reason: str, packed: bool
) -> None:
    parts = [page(1), broken, page(2), page(3, digest="")]
    whole = b"".join(gzip.compress(p) for p in parts) if packed else b"".join(parts)
    things = read(tmp_path, whole, "a.warc.gz" if packed else "a.warc")
    assert bodies(things) == [b"<p>page 1</p>", b"<p>page 2</p>", b"<p>page 3</p>"]
    ((locator, found),) = refused(things).items()
    assert found == reason
    if not packed and reason != "warc.bad_record":
        assert locator == f"a.warc@{len(parts[0])}"


@pytest.mark.parametrize("digest", ["", None])
def test_row_46_a_cut_last_record(tmp_path: Path, digest: str | None) -> None:
    things = read(tmp_path, page(1) + page(2, digest)[:-20])
    assert bodies(things) == [b"<p>page 1</p>"]
    assert refused(things) == {f"a.warc@{len(page(1))}": "warc.cut_record"}


def test_row_46_a_cut_file_of_packed_records(tmp_path: Path) -> None:
    packed = gzip.compress(page(1))
    things = read(tmp_path, packed + gzip.compress(page(2))[:-30], "a.warc.gz")
    assert bodies(things) == [b"<p>page 1</p>"]
    assert refused(things) == {f"a.warc.gz@{len(packed)}": "warc.cut_record"}


def test_a_revisit_of_a_page_at_hand_is_no_loss(tmp_path: Path) -> None:
    again = record("http://a.example/1", http(b""), "revisit")
    things = read(tmp_path, page(1) + again)
    assert refused(things) == {}
    assert [t.reason for t in things if isinstance(t, Skipped)] == [
        "http://a.example/1: unchanged at 2025-02-07T10:00:00Z"
    ]


def test_a_file_that_is_no_archive(tmp_path: Path) -> None:
    assert refused(read(tmp_path, b"hello " * 1_000)) == {"a.warc@0": "warc.bad_record"}
    assert refused(read(tmp_path, b"")) == {"a.warc": "file.empty"}


def test_many_records_come_in_parts_in_their_order(
    tmp_path: Path,
) -> None:
    body = gzip.compress(b"".join(page(n) for n in range(1_200)))  # one member for all
    things = read(tmp_path, body, "a.warc.gz")
    assert [t.url for t in things if isinstance(t, Item)] == [
        f"http://a.example/{n}" for n in range(1_200)
    ]


def test_archives_inside_archives_of_files(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in/a.warc.gz", gzip.compress(page(1)) + gzip.compress(page(2)))
    things = read(tmp_path, packed.getvalue(), "b.zip")
    assert bodies(things) == [b"<p>page 1</p>", b"<p>page 2</p>"]
