"""Stage `ingest` as Dagster assets and checks."""
