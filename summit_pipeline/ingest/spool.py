"""Keeps what a run has seen until it is stored, in memory up to a size and in a file beyond it.

A dump may hold more text than there is memory, and nothing can be stored before all of it has been
read. Belongs here: keeping and giving back in order. Does not belong here: what is seen.
"""

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import fields
from operator import attrgetter
from types import TracebackType

from summit_pipeline.ingest.items import Item, Seen

IN_MEMORY_BYTES = 64_000_000
PART_BYTES = 32_000_000
"""Bodies of a part together; a single larger one is a part of its own."""

PART_THINGS = 5_000


# Items as plain tuples: pickling a dataclass with slots takes six times as long.
_VALUES = attrgetter(*(field.name for field in fields(Item)))


class Spool:
    """A list of things seen that may be longer than memory; it is emptied when it is closed."""

    def __init__(self, in_memory_bytes: int = IN_MEMORY_BYTES) -> None:
        # The file has no name, so what is read back from it was written by this process.
        self._file = tempfile.SpooledTemporaryFile(max_size=in_memory_bytes)  # noqa: SIM115
        self._number = 0

    def __enter__(self) -> "Spool":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._number

    def extend(self, things: Iterable[Seen]) -> None:
        """Add things at the end.

        Raises:
            OSError: if the disk is full.
        """
        for thing in things:
            kept = _VALUES(thing) if isinstance(thing, Item) else thing
            pickle.dump(kept, self._file, protocol=pickle.HIGHEST_PROTOCOL)
            self._number += 1

    def parts(self) -> Iterator[list[Seen]]:
        """All things in order, in parts that fit into memory."""
        self._file.seek(0)
        part: list[Seen] = []
        size = 0
        for _ in range(self._number):
            kept = pickle.load(self._file)
            thing: Seen = Item(*kept) if isinstance(kept, tuple) else kept
            bytes_here = len(thing.body) if isinstance(thing, Item) else 0
            if part and (size + bytes_here > PART_BYTES or len(part) >= PART_THINGS):
                yield part
                part, size = [], 0
            part.append(thing)
            size += bytes_here
        if part:
            yield part
