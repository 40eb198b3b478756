"""Plain-text tools that several stages share: tokens, sentences, layers and their maps, calendar.

Nothing here knows what a claim or a story is.
"""
