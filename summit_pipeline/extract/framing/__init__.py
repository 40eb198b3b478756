"""What an amount or a date is about, as its own sentence tells it. Start at `frames`."""
