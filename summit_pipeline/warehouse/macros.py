"""SQL macros that ship with the published file.

Belongs here: macros that people's queries may use. Does not belong here: SQL that only models need.
"""

# Offsets count from 0 with the end exclusive; DuckDB slices from 1 with a length.
_EXCERPT = (
    "CREATE OR REPLACE MACRO {place}.excerpt(raw_text, start_char, end_char) AS "
    "substring(raw_text, start_char + 1, end_char - start_char)"
)


def excerpt_macro(place: str) -> str:
    """CREATE MACRO `excerpt(raw_text, start_char, end_char)`: the words between two offsets.

    Args:
        place: the schema, quoted for SQL, with its database where that is another one.
    """
    return _EXCERPT.format(place=place)
