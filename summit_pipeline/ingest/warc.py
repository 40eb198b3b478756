"""Web archives (WARC): each response that holds a page is a document, known by its address.

Belongs here: what a record is to us. Does not belong here: reading records (`warc_records`, in the
child process). A broken record costs itself and nothing else.
"""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from summit_pipeline.ingest.addresses import address_notes, host_of, web_address
from summit_pipeline.ingest.files import check_text
from summit_pipeline.ingest.items import Item, Rejection, Seen, Skipped
from summit_pipeline.ingest.page_head import canonical_link
from summit_pipeline.ingest.parsing_child import ParsingChild, ParsingFailedError
from summit_pipeline.ingest.records import reject_record
from summit_pipeline.ingest.sources import Source

WARC_ENDINGS = (".warc", ".warc.gz")


def is_warc(name: str) -> bool:
    """Whether a file is a web archive by its name."""
    return name.lower().endswith(WARC_ENDINGS)


def read_warc(path: Path, source: Source, file_locator: str, child: ParsingChild) -> Iterator[Seen]:
    """The items of a web archive in its order.

    What is refused is located as `file@offset`: the byte of the file at which the record begins.
    Requests and metadata are not counted: they only tell of a response.
    """
    captured: set[str] = set()
    first, more, passed = True, True, 0
    while more:
        try:
            records, more = child.warc_records(path, first=first)
        except ParsingFailedError as error:
            yield reject_record(
                b"", source, f"{file_locator}@{passed}", "parse.bad_file",
                f"cannot be read from there on ({error.reason}: {error.detail})",
                path.stat().st_size,
            )  # fmt: skip
            return
        first = False
        for record in records:
            passed = record["offset"]
            thing = _seen(record, source, f"{file_locator}@{passed}", captured)
            if thing is not None:
                yield thing


def _seen(record: dict[str, Any], source: Source, place: str, captured: set[str]) -> Seen | None:
    if record["kind"] == "document":
        captured.add(record["url"])
        return _page(record, source, place)
    if record["kind"] == "fault":
        return _reject(source, place, record["reason"], record["detail"])
    if record["kind"] == "unused":
        what = f"answer {record['status']}" if record["status"] != 200 else record["media_type"]
        return Skipped(source.name, place, f"no page: {what or 'of no stated type'}")
    if record["kind"] == "revisit":
        return _revisit(record, source, place, captured)
    return None


def _revisit(record: dict[str, Any], source: Source, place: str, captured: set[str]) -> Seen:
    """A record that only says "as before": the page itself stands in another record."""
    if record["url"] in captured:
        return Skipped(source.name, place, f"{record['url']}: unchanged at {record['date']}")
    return _reject(
        source, place, "warc.revisit",
        f"says that {record['url']} is as it was before, and this archive does not hold it; read "
        "the archive of the earlier crawl, then waive this",
    )  # fmt: skip


def _page(record: dict[str, Any], source: Source, place: str) -> Item | Rejection:
    body = base64.b64decode(record["body"])
    problem = check_text(body, source.name, place)
    if problem is not None:
        return problem
    url = record["url"] or None
    address = web_address(url)
    notes = (f"text.truncated: {record['truncated'][:50]}",) if record["truncated"] else ()
    is_html = record["media_type"] == "text/html"
    return Item(
        source=source.name,
        locator=url or place,
        identity=None if address else place,
        identity_basis="url" if address else "path",
        outlet=source.outlet or host_of(url) or source.name,
        media_type=record["media_type"],
        body=body,
        url=url,
        declared_encoding=record["charset"],
        date_order=source.date_order,
        language=source.language,
        notes=notes + address_notes(url),
        canonical_url=canonical_link(body, url) if is_html else None,
    )


def _reject(source: Source, place: str, reason: str, detail: str) -> Rejection:
    return reject_record(place.encode("utf-8", "replace"), source, place, reason, detail)
