"""Stage 2: from one document version to decoded, clean and graded text with exact offset maps.

Start at `pipeline`. Raw text is offset 0 of everything; what is cut from it stays as a text issue.
"""
