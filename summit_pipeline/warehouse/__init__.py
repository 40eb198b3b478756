"""The DuckDB files: how they are opened, what tables they hold, how results are published.

The working file belongs to one run at a time; people query the published snapshot behind the link
`summit.duckdb`. Every column is defined once, in a row class; DDL, comments, the data dictionary
and the Great Expectations suites are read off it.
"""
