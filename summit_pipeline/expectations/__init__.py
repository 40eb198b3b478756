"""The declared rule book: Great Expectations suites as plain data, and the one adapter.

`suites` holds the rules (contracts of the public tables, read off their row classes), `findings`
those on what the sources say; `adapter` is the only module that imports Great Expectations.
Rules on rows that one SELECT says better are SQL in `dbt_like_sql/checks/`.
"""
