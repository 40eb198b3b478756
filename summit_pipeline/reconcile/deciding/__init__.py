"""Facts with their values, and the rows of relations. Start at `facts`."""
