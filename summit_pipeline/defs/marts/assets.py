"""The SQL models of dbt_like_sql/ as assets: one asset a model, one step a layer.

Belongs here: how models become assets. Does not belong here: SQL, or how it is read (`sql_runner`).

A layer is one step because a step costs Dagster 0.15 s and a model 0.03 s; any selection of its
assets can still be made alone.
"""

from collections.abc import Iterator, Mapping, Sequence

import dagster as dg

from summit_pipeline.defs.resources import Warehouse
from summit_pipeline.defs.table_assets import asset_key, column_schema
from summit_pipeline.sql_runner.lineage import ColumnSource
from summit_pipeline.sql_runner.lineage_cache import LineageCache
from summit_pipeline.sql_runner.models import LAYERS, Model, load_models
from summit_pipeline.sql_runner.runner import Made, run_model
from summit_pipeline.warehouse.public_tables import public_table
from summit_pipeline.warehouse.table import duckdb_type
from summit_pipeline.warehouse.tables import ALL_TABLES

_GROUPS = {"staging": "staging", "intermediate": "reconcile", "marts": "marts"}

MODELS = load_models([table.full_name for table in ALL_TABLES])

_COLUMNS = """
SELECT schema_name || '.' || table_name, column_name, data_type FROM duckdb_columns()
WHERE NOT internal ORDER BY 1, column_index
"""


def _spec(model: Model) -> dg.AssetSpec:
    public = public_table(model.full_name)
    metadata: dict[str, dg.MarkdownMetadataValue | dg.TableSchema] = {
        "sql": dg.MetadataValue.md(f"```sql\n{model.sql}\n```")
    }
    if public:
        metadata["dagster/column_schema"] = column_schema(public)
    return dg.AssetSpec(
        key=asset_key(model.full_name),
        deps=[asset_key(name) for name in model.upstream],
        group_name=_GROUPS[model.schema],
        description=public.description if public else model.description,
        kinds={"duckdb", "sql"},
        code_version=model.code_version,
        metadata=metadata,
        skippable=True,
    )


def _layer(layer: str, models: Sequence[Model]) -> dg.AssetsDefinition:
    """The step that makes a layer's models, or those of them that were selected, in their order."""

    @dg.multi_asset(specs=[_spec(model) for model in models], name=layer, can_subset=True)
    def run(
        context: dg.AssetExecutionContext, warehouse: Warehouse
    ) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
        lineage = LineageCache(warehouse.folder / "cache" / "column_lineage.json")
        with warehouse.open() as con:
            schemas = _schemas(con.sql(_COLUMNS).fetchall())
            for model in models:
                key = asset_key(model.full_name)
                if key in context.selected_asset_keys:
                    made = run_model(con, model)
                    schemas[model.full_name] = dict(made.columns)
                    sources = lineage.lineage(model, schemas)
                    yield dg.MaterializeResult(
                        asset_key=key, metadata=_metadata(model, made, sources)
                    )
        lineage.save()

    return run


def _metadata(
    model: Model, made: Made, sources: Mapping[str, tuple[ColumnSource, ...]]
) -> Mapping[str, int | dg.TableSchema | dg.TableColumnLineage]:
    columns = [
        dg.TableColumn(name, kind, made.column_descriptions.get(name))
        for name, kind in made.columns.items()
    ]
    public = public_table(model.full_name)
    return {
        "dagster/row_count": made.row_count,
        "dagster/column_schema": column_schema(public) if public else dg.TableSchema(columns),
        "dagster/column_lineage": _lineage(sources),
    }


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


model_assets = [
    _layer(layer, [model for model in MODELS if model.schema == layer]) for layer in LAYERS
]
