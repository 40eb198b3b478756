"""Traces each column of a model to the columns it is made from.

Belongs here: column lineage within one model. Does not belong here: the order of models.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp
from sqlglot.lineage import Node, lineage

from summit_pipeline.sql_runner.models import DIALECT, Model, parse_select


@dataclass(frozen=True, slots=True, order=True)
class ColumnSource:
    """A column of a table that a model reads."""

    table: str
    column: str


def column_lineage(
    model: Model, schemas: Mapping[str, Mapping[str, str]]
) -> dict[str, tuple[ColumnSource, ...]]:
    """For each output column, the upstream columns that its value is computed from.

    Columns that only filter, join or sort are not sources.

    Args:
        model: the model.
        schemas: columns and DuckDB types of every table that it reads, by full name.
    """
    nested: dict[str, dict[str, dict[str, str]]] = {}
    for full_name in model.upstream:
        schema, name = full_name.split(".")
        nested.setdefault(schema, {})[name] = dict(schemas[full_name])
    roots = lineage(None, parse_select(model.sql, model.path), nested, dialect=DIALECT)
    return {name: _sources(root) for name, root in roots.items()}


def _sources(root: Node) -> tuple[ColumnSource, ...]:
    """The leaves of a lineage tree that are columns of tables."""
    found = set()
    for node in root.walk():
        if not node.downstream and isinstance(node.expression, exp.Table):
            column = node.name.rsplit(".", 1)[-1].strip('"')
            found.add(ColumnSource(f"{node.expression.db}.{node.expression.name}", column))
    return tuple(sorted(found))
