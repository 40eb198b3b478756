"""Stage 1: from configured sources to document versions, bytes untouched.

Reading a source gives items and rejections; nothing that was seen is lost: what cannot be used goes
to quarantine with a reason. No network here, no clock: the caller passes the time.
"""
