"""Quotations and reported statements with their speakers. Start at `attributions`."""
