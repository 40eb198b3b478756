"""Names: found, typed, brought to the fullest form that the document gives. Start at `names`."""
