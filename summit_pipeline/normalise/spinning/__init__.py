"""Whether a text was put through a synonym spinner. Start at `grading`."""
