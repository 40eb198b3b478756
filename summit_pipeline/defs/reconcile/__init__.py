"""Stage `reconcile` as Dagster assets and checks."""
