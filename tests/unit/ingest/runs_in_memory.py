"""Runs of the harvest over a store in memory, for tests of identity and versions."""

from collections import defaultdict
from datetime import datetime, timedelta
from html import unescape
from re import sub

from summit_pipeline.ingest.harvest import Counts, Harvest, Harvester, Known, Text
from summit_pipeline.ingest.identity import Name
from summit_pipeline.ingest.items import Item, Seen
from summit_pipeline.ingest.tables import Tombstone

START = datetime(2025, 2, 7, 12)


def bare_text(text: Text) -> str:
    """Title and body without tags and entities."""
    return f"{text.title or ''}\n{unescape(sub('<[^>]+>', ' ', text.body.decode()))}"


class Runs:
    """Runs one after the other; each knows what those before have brought."""

    def __init__(self) -> None:
        self.brought: list[Harvest] = []
        self.tombstones: list[Tombstone] = []
        self.texts: dict[str, list[tuple[str, Text]]] = defaultdict(list)
        self.compared = 0
        self.harvester: Harvester

    def run(self, *things: Seen, part: int = 100) -> Counts:
        """One run over these things; returns its counts."""
        at = START + timedelta(hours=len(self.brought))
        self.harvester = Harvester(
            self._known(), self._visible, lambda document: self.texts[document], "r", at
        )
        whole = Harvest()
        for start in range(0, len(things), part):
            one = self.harvester.take(things[start : start + part])
            for name in Harvest.__dataclass_fields__:
                getattr(whole, name).extend(getattr(one, name))
            for v in one.versions:
                text = Text(v.title_field, v.body, v.media_type, v.declared_encoding)
                self.texts[v.document_id].append((v.version_id, text))
        found = self.harvester.finish()
        for returned in found.returned:
            self.tombstones = [t for t in self.tombstones if t.document_id != returned]
        self.tombstones += found.tombstones
        self.brought.append(whole)
        return self.harvester.counts

    @property
    def last(self) -> Harvest:
        """What the last run brought."""
        return self.brought[-1]

    @property
    def documents(self) -> int:
        """Documents of all runs."""
        return sum(len(run.documents) for run in self.brought)

    @property
    def versions(self) -> int:
        """Versions of all runs."""
        return sum(len(run.versions) for run in self.brought)

    def _visible(self, text: Text) -> str:
        self.compared += 1
        return bare_text(text)

    def _known(self) -> Known:
        known = Known()
        for run in self.brought:
            for n in run.names:
                known.documents.add(n.document_id, n.source, Name(n.kind, n.name, n.canonical))
            for d in run.deliveries:
                known.deliveries[d.document_id][d.delivery_hash] = d.version_id
                known.items[d.item_hash or ""] = (d.document_id, d.version_id)
        known.withdrawn = {t.document_id: t.reason for t in self.tombstones}
        return known


def item(
    text: str,
    guid: str | None = None,
    url: str | None = None,
    *,
    title: str | None = None,
    canonical: str | None = None,
    published: str | None = None,
    source: str = "s",
) -> Item:
    """An entry of a feed."""
    return Item(
        source,
        guid or url or "#1",
        guid,
        "guid" if guid else "url",
        "o",
        "text/html",
        text.encode(),
        title,
        url,
        published,
        canonical_url=canonical,
    )


def counted(counts: Counts) -> tuple[int, int, int]:
    """New, changed, unchanged."""
    return counts.new, counts.changed, counts.unchanged
