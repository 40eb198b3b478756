"""Which claims of different documents speak of one thing. Start at `slots`."""
