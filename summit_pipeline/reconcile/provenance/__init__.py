"""Which independent voice stands behind each document. Start at `origins`."""
