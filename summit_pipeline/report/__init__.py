"""What people read: the summary of a run. Reads the published file only."""
