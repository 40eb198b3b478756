"""Tables of schema `ops` that people and runs write and models read, so that the graph shows them.

They are no step's product: reviews come from persons, runs and ids from every run.
"""

from summit_pipeline.defs.table_assets import table_specs

book_keeping = table_specs("ingest", ["ops.runs", "ops.reviews", "ops.id_changes"])
