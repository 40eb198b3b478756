"""How a stage's batches are run: in line, or over worker processes; same results either way."""
