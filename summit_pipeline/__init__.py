"""summit_pipeline: many reports of one event, reconciled.

The data flows through five stages, each a package of pure functions over plain values and frames:
`ingest` -> `normalise` -> `extract` -> `reconcile` -> marts (SQL in `dbt_like_sql/`).
Start reading at `vocabulary`, which holds the nouns; `defs` is where Dagster meets the stages.
"""

__version__ = "0.1.0"
