"""Facts with their values, and the disagreements between values. Start at `facts`."""
