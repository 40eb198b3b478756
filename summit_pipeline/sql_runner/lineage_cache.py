"""Column lineage kept from run to run, since tracing it takes a second and models rarely change.

Belongs here: the file of the cache. Does not belong here: tracing (`lineage`).

The file may be removed at any time; what is in it is found again.
"""

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from summit_pipeline.sql_runner.lineage import ColumnSource, column_lineage
from summit_pipeline.sql_runner.models import Model

Lineage = Mapping[str, tuple[ColumnSource, ...]]


class LineageCache:
    """Lineage by model in a JSON file; an entry holds as long as SQL and upstream columns do."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known = _read(file)
        self._changed = False

    def lineage(self, model: Model, schemas: Mapping[str, Mapping[str, str]]) -> Lineage:
        """As `column_lineage`, traced anew only where something that it depends on has changed."""
        upstream = {name: dict(schemas[name]) for name in model.upstream}
        told = json.dumps([model.sql, upstream, version("sqlglot")])
        key = hashlib.sha256(told.encode()).hexdigest()
        entry = self._known.get(model.full_name, {})
        if entry.get("key") != key:
            traced = column_lineage(model, schemas)
            columns = {name: [[s.table, s.column] for s in traced[name]] for name in traced}
            entry = {"key": key, "columns": columns}
            self._known[model.full_name] = entry
            self._changed = True
        return {
            name: tuple(ColumnSource(table, column) for table, column in sources)
            for name, sources in entry["columns"].items()
        }

    def save(self) -> None:
        """Keep what was traced for the next run."""
        if not self._changed:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._file.with_suffix(".new")
        temporary.write_text(json.dumps(self._known), encoding="utf-8")
        temporary.replace(self._file)
        self._changed = False


def _read(file: Path) -> dict[str, Any]:
    """What the file holds; nothing if it is not there or was not written by this class."""
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
