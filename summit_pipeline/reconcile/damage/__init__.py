"""What siblings tell about one document's wording and names. Start at `siblings`."""
