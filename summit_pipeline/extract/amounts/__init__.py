"""Amounts of all kinds, one module a kind. Start at `quantities`."""
