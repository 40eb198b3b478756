"""Which documents report one event. Start at `stories`."""
