"""Front matter: lines of `key: value` between two lines of dashes at the head of a text file.

Belongs here: where it ends and what it says, in the small part of YAML that writers use: plain and
quoted values, folded blocks, comments; lists and nested keys are passed over. Does not belong here:
which fields mean what to a source (`ingest.forms`), or cutting it (`normalise`). Needed by both,
which must agree on where the text begins.
"""

import re
from dataclasses import dataclass

_LONGEST = 20_000
_FIRST_LINE = re.compile(r"---[ \t]*\r?\n")
_LAST_LINE = re.compile(r"(?:---|\.\.\.)[ \t]*")
_FIELD = re.compile(r"([A-Za-z_][\w .-]{0,60}?)[ \t]*:(?:[ \t]+(.*)|[ \t]*)")
_BLOCK = frozenset({">", "|", ">-", "|-", ">+", "|+"})
# Prose between two rules may have colons too: one of these must be among the keys.
_USUAL = frozenset(
    {
        "title", "headline", "date", "published", "published_at", "author", "authors", "byline",
        "url", "link", "permalink", "canonical_url", "source", "outlet", "publisher", "site",
        "description", "tags", "categories", "layout", "slug", "lang", "language", "draft",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands there: values by key in lower case, and the offset of the text after it."""

    fields: dict[str, str]
    end: int


def read_front_matter(text: str, start: int = 0) -> FrontMatter | None:
    """The front matter that a text begins with at `start`; None where it begins with none."""
    first = _FIRST_LINE.match(text, start)
    if first is None:
        return None
    fields: dict[str, str] = {}
    key: str | None = None  # of a block whose lines follow
    at = first.end()
    while at < len(text) and at - start < _LONGEST:
        stop = text.find("\n", at)
        end = len(text) if stop < 0 else stop + 1
        line = text[at:end].rstrip("\r\n")
        at = end
        if _LAST_LINE.fullmatch(line):
            return FrontMatter(fields, at) if _USUAL & fields.keys() else None
        if line[:1] in (" ", "\t") or line.startswith("- "):
            if key is not None:
                fields[key] = f"{fields[key]} {line.strip()}".strip()
            continue
        if not line.strip() or line.startswith("#"):
            continue
        match = _FIELD.fullmatch(line)
        if match is None:
            return None
        name, written = match[1].lower(), (match[2] or "").strip()
        key = name if written in _BLOCK else None
        fields.setdefault(name, "" if key else _value(written))
    return None


def _value(written: str) -> str:
    """A value without its quotation marks or the comment after it."""
    if len(written) > 1 and written[0] == written[-1] and written[0] in "'\"":
        inner = written[1:-1]
        if written[0] == "'":
            return inner.replace("''", "'")
        return re.sub(r"\\(.)", r"\1", inner)
    return written.partition(" #")[0].rstrip()
