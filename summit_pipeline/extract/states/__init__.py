"""States that undertakings and people are put into, names in a role. Start at `statuses`."""
