"""Which known document an item is: by the source's own name for it, its address, its content.

Names are believed as far as they can be. A guid may change at each fetch, hold a session, or be the
same for all items of a feed; an address may carry campaign marks, and a page may state another's.
So a name decides alone where nothing speaks against it, else the texts must be nearly the same:

- path of a file: the document, whatever it holds now;
- guid: the document, unless both have addresses that differ and texts that differ too: then two
  articles share a guid;
- exact address: the document, unless both have guids, which then differ: then the texts decide;
- canonical address: the document if the texts are nearly the same;
- no name at all: the document with the same text.

Belongs here: names and the choice among known documents. Does not belong here: versions
(`harvest`), the comparison of texts (`fingerprints`), storing.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from summit_pipeline.ingest.addresses import Spellings, spellings, trusted_canonical
from summit_pipeline.ingest.items import Gone, Item
from summit_pipeline.ingest.tables import NameKind
from summit_pipeline.text.identity import stable_id

MOST_NAMES = 20
"""Names that are kept of a document: one that changes at each fetch names nothing."""

IsNear = Callable[[str], bool]
"""Whether a document's text is nearly that of the item in question."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a document."""

    kind: NameKind
    exact: str
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """All names that an item bears; `content` is the hash of its bytes."""

    path: str | None
    guid: str | None
    addresses: tuple[Spellings, ...]
    content: str

    @property
    def basis(self) -> str:
        """What makes it the same document next time."""
        if self.path or self.guid:
            return "path" if self.path else "guid"
        return "url" if self.addresses else "content"


def delivery_hash(title: str | None, body: bytes) -> str:
    """A hash of what was delivered: the title field and the bytes of the body."""
    digest = hashlib.sha256((title or "").encode("utf-8", "replace") + b"\x1f")
    digest.update(body)
    return digest.hexdigest()


def item_hash(item: Item, delivered: str) -> str:
    """A hash of an item with all its names; `delivered` is the hash of its title and body.

    An item that comes again under the same names with the same bytes is what it was: none of its
    names need be looked into.
    """
    given = (item.source, item.identity_basis, item.identity, item.url, item.canonical_url)
    return stable_id(delivered, *given)


def names_of(item: Item, delivered: str) -> Names:
    """The names of an item; what a page states of itself comes before its link."""
    return Names(
        path=item.identity if item.identity_basis == "path" else None,
        guid=comparable_guid(item.identity) if item.identity_basis == "guid" else None,
        addresses=_addresses(trusted_canonical(item.canonical_url, item.url), item.url),
        content=delivered,
    )


def comparable_guid(given: str | None) -> str | None:
    """A guid as it is compared: one that is an address without session and campaign."""
    if not given or not given.strip():
        return None
    both = spellings(given)
    return both.exact if both else given.encode("utf-8", "replace").decode("utf-8")


def _addresses(*urls: str | None) -> tuple[Spellings, ...]:
    found = dict.fromkeys(spellings(url) for url in urls)
    return tuple(both for both in found if both is not None)


def new_document_id(source: str, names: Names) -> str:
    """The id of a document that is first seen under these names."""
    if names.path is not None:
        return stable_id(source, names.path)
    own = [names.guid] if names.guid is not None else []
    own += [address.exact for address in names.addresses[:1]]
    return stable_id(source, *(own or [names.content]))


class KnownDocuments:
    """The documents of the sources of a run under all their names; it grows as the run goes on."""

    def __init__(self) -> None:
        self._by_exact: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        self._by_canonical: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._addresses: dict[str, set[str]] = defaultdict(set)  # canonical ones
        self._with_guid: set[str] = set()
        self._number: dict[str, int] = defaultdict(int)

    def add(self, document_id: str, source: str, name: Name) -> bool:
        """Enter a name of a document; whether it is new and to be stored."""
        documents = self._by_exact[source, name.kind, name.exact]
        if document_id in documents or self._number[document_id] >= MOST_NAMES:
            return False
        self._number[document_id] += 1
        documents.append(document_id)
        if name.kind == "guid":
            self._with_guid.add(document_id)
        if name.canonical is not None:
            namesakes = self._by_canonical[source, name.canonical]
            if document_id not in namesakes:
                namesakes.append(document_id)
            if name.kind == "address":
                self._addresses[document_id].add(name.canonical)
        return True

    def candidates(self, source: str, names: Names) -> list[str]:
        """The documents that bear one of these names, the strongest name first."""
        found = [
            *self._named(source, "path", names.path),
            *self._named(source, "guid", names.guid),
            *(d for a in names.addresses for d in self._named(source, "address", a.exact)),
            *(
                d
                for a in names.addresses
                for d in self._by_canonical.get((source, a.canonical), ())
            ),
        ]
        if names.basis == "content":
            found += self._named(source, "content", names.content)
        return list(dict.fromkeys(found))

    def same_text(self, source: str, text_hash: str) -> str | None:
        """The document without a name that has this text."""
        documents = self._by_canonical.get((source, text_hash), ())
        return documents[0] if documents else None

    def choose(self, source: str, names: Names, is_near: IsNear) -> str | None:
        """The document that an item of these names is; None for a new one."""
        if names.path is not None:
            return next(iter(self._named(source, "path", names.path)), None)
        own = sorted(self._named(source, "guid", names.guid))
        stated = {address.canonical for address in names.addresses}
        for document in own:
            if self._addresses[document] & stated:
                return document
        near = [document for document in own if is_near(document)]
        if near:
            return near[0]
        without = [d for d in own if not stated or not self._addresses[d]]
        if without:
            return without[0]
        return self._by_address(source, names, is_near)

    def of_notice(self, gone: Gone) -> str | None:
        """The document that a notice of withdrawal names; None where that is not certain."""
        by_name = self._named(gone.source, "guid", comparable_guid(gone.guid))
        for both in _addresses(gone.url):
            by_name = by_name or self._named(gone.source, "address", both.exact)
            by_name = by_name or self._by_canonical.get((gone.source, both.canonical), [])
        return by_name[0] if len(by_name) == 1 else None

    def _by_address(self, source: str, names: Names, is_near: IsNear) -> str | None:
        for address in names.addresses:
            for document in sorted(self._named(source, "address", address.exact)):
                both_have_guids = names.guid is not None and document in self._with_guid
                if not both_have_guids or is_near(document):
                    return document
        for address in names.addresses:
            for document in sorted(self._by_canonical.get((source, address.canonical), ())):
                if is_near(document):
                    return document
        return None

    def _named(self, source: str, kind: NameKind, name: str | None) -> list[str]:
        return [] if name is None else self._by_exact.get((source, kind, name), [])


def stored_names(names: Names, text_hash: str | None) -> Iterable[Name]:
    """The names under which a document is to be found again."""
    if names.path is not None:
        yield Name("path", names.path)
    if names.guid is not None:
        yield Name("guid", names.guid)
    for address in names.addresses:
        yield Name("address", address.exact, address.canonical)
    if names.basis == "content":
        yield Name("content", names.content, text_hash)
