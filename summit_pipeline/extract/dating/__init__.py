"""Dates: where a text states one, and in which normal form. Start at `dates`."""
