"""Stage `extract` as Dagster assets and checks."""
