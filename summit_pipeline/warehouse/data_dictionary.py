"""Writes docs/data_dictionary.md from the table definitions.

Belongs here: the document's form. Does not belong here: any description (see the row classes).

Run `python -m summit_pipeline.warehouse.data_dictionary` after a change of a table; a test fails
while the document is out of date.
"""

from pathlib import Path

from summit_pipeline.rows import Column
from summit_pipeline.warehouse.public_tables import PUBLIC_TABLES
from summit_pipeline.warehouse.table import Table, duckdb_type
from summit_pipeline.warehouse.tables import OPS_TABLES, STAGE_TABLES, UNPUBLISHED

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "data_dictionary.md"

_HEAD = """\
# Data dictionary

Made from the table definitions; don't edit it, run
`python -m summit_pipeline.warehouse.data_dictionary`.

`data/summit.duckdb` holds the schemas `marts` (what the articles say) and `ops` (how runs went).
Offsets count Unicode code points of `raw_text`, from 0, end exclusive; DuckDB slices from 1, so use
the macro `marts.excerpt(raw_text, start_char, end_char)`. Times are UTC. A column may be NULL where
its type ends in `?`; **bold** columns are the key. Both descriptions and types are also in the file
itself: `SELECT table_name, column_name, comment FROM duckdb_columns() WHERE schema_name = 'marts'`.
"""


def data_dictionary() -> str:
    """The document as Markdown."""
    published = [table for table in OPS_TABLES if table.full_name not in UNPUBLISHED]
    parts = [
        _HEAD,
        "## Schema `marts`\n",
        *(_section(table) for table in PUBLIC_TABLES),
        "## Schema `ops`\n",
        *(_section(table) for table in published),
        "## Tables of the working file\n",
        "Not published; their columns are defined by the row classes named here.\n",
        _list(STAGE_TABLES),
    ]
    return "\n".join(parts)


def _section(table: Table) -> str:
    lines = [
        f"### `{table.full_name}`\n",
        f"{table.description}\n",
        "| column | type | what it is |",
        "|---|---|---|",
        *(_row(column) for column in table.columns),
    ]
    return "\n".join(lines) + "\n"


def _row(column: Column) -> str:
    name = f"**`{column.name}`**" if column.is_key else f"`{column.name}`"
    dtype = duckdb_type(column.dtype) + ("?" if column.nullable else "")
    description = column.description
    if column.allowed:
        description += f" ({', '.join(f'`{value}`' for value in column.allowed)})"
    return f"| {name} | {dtype} | {description.replace('|', chr(92) + '|')} |"


def _list(tables: tuple[Table, ...]) -> str:
    lines = ["| table | row class | what it holds |", "|---|---|---|"]
    for table in tables:
        place = f"{table.row_class.__module__}.{table.row_class.__name__}"
        lines.append(f"| `{table.full_name}` | `{place}` | {table.description} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(data_dictionary(), encoding="utf-8")
