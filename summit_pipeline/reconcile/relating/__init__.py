"""How two claims of one slot stand to each other. Start at `relations`."""
