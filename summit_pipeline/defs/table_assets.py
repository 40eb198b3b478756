"""What every table asset tells Dagster: description, columns, row count.

Belongs here: specs and metadata made from the table registry. Does not belong here: any asset.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import dagster as dg
import duckdb

from summit_pipeline.execution.code_version import code_version
from summit_pipeline.warehouse import store
from summit_pipeline.warehouse.table import Table, duckdb_type
from summit_pipeline.warehouse.tables import table

KINDS = {"duckdb", "polars"}


def asset_key(full_name: str) -> dg.AssetKey:
    """The asset of a table: `extract.claims` is `extract/claims`."""
    return dg.AssetKey(full_name.split("."))


def column_schema(described: Table) -> dg.TableSchema:
    """The table's columns with types, constraints and descriptions."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=column.name,
                type=duckdb_type(column.dtype),
                description=column.description,
                constraints=dg.TableColumnConstraints(
                    nullable=column.nullable,
                    unique=described.key == (column.name,),
                    other=[f"one of {', '.join(column.allowed)}"] if column.allowed else [],
                ),
            )
            for column in described.columns
        ]
    )


def table_specs(
    stage: str, full_names: Sequence[str], deps: Iterable[str | dg.AssetKey] = ()
) -> list[dg.AssetSpec]:
    """Asset specs of a stage's tables; `deps` are tables by name, or other assets."""
    upstream = [dep if isinstance(dep, dg.AssetKey) else asset_key(dep) for dep in deps]
    return [
        dg.AssetSpec(
            key=asset_key(name),
            description=table(name).description,
            deps=upstream,
            group_name=stage,
            kinds=KINDS,
            code_version=code_version(stage),
            metadata={"dagster/column_schema": column_schema(table(name))},
        )
        for name in full_names
    ]


def materialised(
    con: duckdb.DuckDBPyConnection,
    full_names: Sequence[str],
    metadata: Mapping[str, Any] | None = None,
) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """Tell Dagster that tables have been made, with their row counts."""
    for name in full_names:
        yield dg.MaterializeResult(
            asset_key=asset_key(name),
            metadata={"dagster/row_count": store.count(con, name), **(metadata or {})},
        )
