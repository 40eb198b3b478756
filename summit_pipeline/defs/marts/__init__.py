"""The SQL models as assets, their checks, and the published file."""
