"""Which suites have passed on which rows, so that the same rows are not validated twice.

Belongs here: the digest of rules and rows, and the file that remembers it. Does not belong here:
validating (`adapter`). Only what passed as a whole is remembered: what was found is always told
from the rows themselves. The file may be removed at any time.
"""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

import polars as pl

from summit_pipeline.expectations.rules import Suite


def digest_of(frame: pl.DataFrame, suite: Suite) -> str:
    """A hash of all that a validation depends on: rules, rows, the library that applies them."""
    digest = hashlib.sha256(version("great_expectations").encode())
    digest.update(repr((suite, frame.schema)).encode())
    digest.update(frame.rechunk().write_ipc(None).getbuffer())
    return digest.hexdigest()


class PassedSuites:
    """The digests that passed in the last run, and those of this one."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._before = _read(file)
        self._now: dict[str, str | None] = {}

    @property
    def all_passed_before(self) -> bool:
        """Whether no suite had found anything in the last run, as after a run without news."""
        return bool(self._before) and all(self._before.values())

    def has_passed(self, suite: Suite, digest: str) -> bool:
        """Whether the suite has passed on these rows."""
        return self._before.get(suite.name) == digest

    def note(self, suite: Suite, digest: str, *, passed: bool) -> None:
        """Remember how the suite fared."""
        self._now[suite.name] = digest if passed else None

    def save(self) -> None:
        """Keep this run's digests for the next."""
        if self._now == self._before:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._file.with_suffix(".new")
        temporary.write_text(json.dumps(self._now), encoding="utf-8")
        temporary.replace(self._file)


def _read(file: Path) -> dict[str, str | None]:
    """Digests by suite, NULL where it did not pass; nothing if the file is not of this class."""
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
