"""Runs the SQL models of `dbt_like_sql/`: plain files whose order follows from what they read.

A model is one SELECT in a file; its path is its name (`marts/claims.sql` is `marts.claims`), its
head comment its description, the `--` comment behind a select line that column's description. There
is no templating, so each file pastes unchanged into any DuckDB shell.
"""
