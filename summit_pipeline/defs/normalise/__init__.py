"""Stage `normalise` as Dagster assets and checks."""
