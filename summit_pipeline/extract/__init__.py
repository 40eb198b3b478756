"""Stage 3: from one clean document to typed claims and names, each a stretch of words.

Start at `pipeline`, whose head says how each kind of claim fills its columns. Every rule has a name
and a measured confidence.
"""
