"""What is told of an article beside its text: in a manifest, a sidecar, or at its own head.

Belongs here: those three, and which of them counts. Does not belong here: the article itself
(`forms`), or cutting its front matter (`normalise`; the bytes stay as they are).
"""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from summit_pipeline.ingest.addresses import web_address
from summit_pipeline.ingest.files import reject_file
from summit_pipeline.ingest.items import Rejection
from summit_pipeline.text.decoding import decode
from summit_pipeline.text.front_matter import read_front_matter

MANIFEST = "sources.csv"
TOLD_FIELDS = ("outlet", "url", "title", "published_at")
_MAX_BYTES = 1_000_000
_WIDE = (b"\xff\xfe", b"\xfe\xff")
# Keys of front matter in the order in which they are believed (those of Jekyll, Hugo and Pandoc).
_FRONT_MATTER = {
    "title": ("title", "headline"),
    "published_at": ("published_at", "published", "pubdate", "date"),
    "url": ("url", "canonical_url", "permalink", "link", "source"),
    "outlet": ("outlet", "publisher", "site", "source"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of an article: outlet, url, title, published_at."""

    fields: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        """What is told of a field, None where nothing is."""
        return self.fields.get(name) or None

    def over(self, weaker: "Told") -> "Told":
        """Both together; where both tell of a field, this one counts."""
        return Told({**weaker.fields, **{k: v for k, v in self.fields.items() if v}})


def front_matter(body: bytes) -> Told:
    """What a text file tells of itself at its head; nothing where it has no front matter."""
    if not body.removeprefix(b"\xef\xbb\xbf").startswith((b"---", *_WIDE)):
        return Told()
    found = read_front_matter(decode(body, None).text)
    if found is None:
        return Told()
    told = {}
    for name, keys in _FRONT_MATTER.items():
        for key in keys:
            value = found.fields.get(key, "")
            is_address = web_address(value) is not None
            if value and (name in ("title", "published_at") or is_address == (name == "url")):
                told[name] = value
                break
    return Told(told)


def sidecar(path: Path, source: str, locator: str) -> tuple[Told, Rejection | None]:
    """What `article.json` beside `article.txt` tells of it, and what is wrong with that file."""
    beside = path.with_suffix(".json")
    if not beside.is_file():
        return Told(), None
    place = f"{locator.rpartition('.')[0]}.json"
    try:
        with beside.open("rb") as stream:
            body = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        return Told(), _bad_sidecar(source, place, f"cannot be read ({error.strerror})", b"")
    try:
        told = json.loads(body) if len(body) <= _MAX_BYTES else None
    except (ValueError, RecursionError) as error:
        return Told(), _bad_sidecar(source, place, f"is not valid JSON ({str(error)[:120]})", body)
    if not isinstance(told, dict):
        what = "is no JSON object {...}" if len(body) <= _MAX_BYTES else "is too long"
        return Told(), _bad_sidecar(source, place, what, body)
    wrong = [n for n in TOLD_FIELDS if not isinstance(told.get(n, ""), str | None)]
    found = Told({n: told[n] for n in TOLD_FIELDS if isinstance(told.get(n), str)})
    if wrong:
        return found, _bad_sidecar(source, place, f"'{wrong[0]}' is no text in quotes", body)
    return found, None


def _bad_sidecar(source: str, place: str, what: str, body: bytes) -> Rejection:
    fields = ", ".join(TOLD_FIELDS)
    detail = f"{what}; it tells {fields} of the article beside it, which is read without it"
    return reject_file(source, place, "parse.bad_sidecar", detail, body)


def manifest(folder: Path, source: str) -> tuple[dict[str, Told], Rejection | None]:
    """What a folder's sources.csv tells, by file name, and what is wrong with it."""
    path = folder / MANIFEST
    if not path.exists():
        return {}, None
    body = b""
    try:
        body = path.read_bytes()
        rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig")), strict=True))
        return {r["file"]: Told({k: v for k, v in r.items() if k and v}) for r in rows}, None
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
        detail = (
            f"cannot be read ({error!r}); it needs a column 'file', in UTF-8. The articles are "
            "read without it"
        )
        return {}, reject_file(source, MANIFEST, "parse.bad_manifest", detail, body)
