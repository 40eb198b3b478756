"""What reading a source gives: items to keep, rejections, skipped files, notices of withdrawal."""

from dataclasses import dataclass

from summit_pipeline.vocabulary import DateOrder, MediaType


@dataclass(frozen=True, slots=True)
class Item:
    """One document as its source delivers it; the body's bytes are untouched."""

    source: str
    locator: str
    identity: str | None  # the source's own name for it: guid or path
    identity_basis: str  # guid or path; else its address or its content tells it (`identity`)
    outlet: str
    media_type: MediaType
    body: bytes
    title: str | None = None
    url: str | None = None
    published: str | None = None
    declared_encoding: str | None = None
    date_order: DateOrder | None = None
    language: str | None = None  # that the source is configured with
    notes: tuple[str, ...] = ()  # codes of what reading it needed, such as "text.truncated"
    canonical_url: str | None = None  # rel=canonical of the page, as delivered


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that was seen and cannot be used, with the reason and the remedy.

    `reason` is a code such as `parse.bad_line`; `detail` is the sentence for a person. `head` holds
    the first bytes, so that the thing itself can be looked at later.
    """

    source: str
    locator: str
    reason: str
    detail: str
    head: bytes
    size: int
    body_hash: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is no article by its kind, such as a picture beside the articles."""

    source: str
    locator: str
    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The publisher's own word that a document is withdrawn; leaving a feed is no such word.

    Either name may be missing, not both. `reason` is a code: `page.gone` (410), `feed.deleted` (an
    entry that says so); `detail` is the sentence for a person.
    """

    source: str
    locator: str
    guid: str | None
    url: str | None
    reason: str
    detail: str


Seen = Item | Rejection | Skipped | Gone
