"""One asset for each SQL model of dbt_like_sql/, made from the file itself.

Belongs here: how a model becomes an asset. Does not belong here: SQL, or how it is read
(`sql_runner`).
"""

from collections.abc import Mapping

import dagster as dg

from summit_pipeline.defs.resources import Warehouse
from summit_pipeline.defs.table_assets import asset_key, column_schema
from summit_pipeline.sql_runner.lineage import ColumnSource, column_lineage
from summit_pipeline.sql_runner.models import Model, load_models
from summit_pipeline.sql_runner.runner import run_model
from summit_pipeline.warehouse.public_tables import public_table
from summit_pipeline.warehouse.table import duckdb_type
from summit_pipeline.warehouse.tables import ALL_TABLES

_GROUPS = {"staging": "staging", "intermediate": "reconcile", "marts": "marts"}

MODELS = load_models([table.full_name for table in ALL_TABLES])


def _asset(model: Model) -> dg.AssetsDefinition:
    public = public_table(model.full_name)
    metadata: dict[str, dg.MetadataValue] = {
        "sql": dg.MetadataValue.md(f"```sql\n{model.sql}\n```")
    }
    if public:
        metadata["dagster/column_schema"] = dg.MetadataValue.table_schema(column_schema(public))

    @dg.asset(
        key=asset_key(model.full_name),
        deps=[asset_key(name) for name in model.upstream],
        group_name=_GROUPS[model.schema],
        description=public.description if public else model.description,
        kinds={"duckdb", "sql"},
        code_version=model.code_version,
        metadata=metadata,
    )
    def run(warehouse: Warehouse) -> dg.MaterializeResult:  # type: ignore[type-arg]
        with warehouse.open() as con:
            made = run_model(con, model)
            schemas = _schemas(con.sql(_COLUMNS).fetchall())
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": made.row_count,
                "dagster/column_schema": dg.TableSchema(
                    columns=[
                        dg.TableColumn(name, kind, made.column_descriptions.get(name))
                        for name, kind in made.columns.items()
                    ]
                )
                if public is None
                else column_schema(public),
                "dagster/column_lineage": _lineage(column_lineage(model, schemas)),
            }
        )

    return run


_COLUMNS = """
SELECT schema_name || '.' || table_name, column_name, data_type FROM duckdb_columns()
WHERE NOT internal ORDER BY 1, column_index
"""


def _schemas(rows: list[tuple[str, str, str]]) -> dict[str, dict[str, str]]:
    """Columns and types of every table in the file, by full name."""
    known = {t.full_name: {c.name: duckdb_type(c.dtype) for c in t.columns} for t in ALL_TABLES}
    for table, column, kind in rows:
        known.setdefault(table, {})[column] = kind
    return known


def _lineage(sources: Mapping[str, tuple[ColumnSource, ...]]) -> dg.TableColumnLineage:
    return dg.TableColumnLineage(
        deps_by_column={
            column: [dg.TableColumnDep(asset_key(s.table), s.column) for s in found]
            for column, found in sources.items()
        }
    )


model_assets = [_asset(model) for model in MODELS]
