"""Generated sections of pages in docs/: what stands between two marks is written by a program.

Belongs here: replacing a section. Does not belong here: any figure.
"""

from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"


def write_section(page: Path, name: str, lines: list[str]) -> None:
    """Replace the section `name` of a page; the rest of the page stays as it is.

    Raises:
        ValueError: if the page hasn't got the section's marks.
    """
    begin, end = f"<!-- {name}: begin, generated -->", f"<!-- {name}: end -->"
    text = page.read_text(encoding="utf-8")
    if begin not in text or end not in text:
        raise ValueError(f"{page.name} has no section {name}")
    before, rest = text.split(begin, 1)
    _, after = rest.split(end, 1)
    body = "\n".join(lines)
    page.write_text(f"{before}{begin}\n{body}\n{end}{after}", encoding="utf-8")


def table(header: list[str], rows: list[list[str]]) -> list[str]:
    """The lines of a Markdown table."""
    return [
        "| " + " | ".join(header) + " |",
        "|" + "---|" * len(header),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
