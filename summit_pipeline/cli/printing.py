"""How a run's summary looks on a terminal.

Source text is printed as text, never as markup, and without control characters: a terminal obeys
some of them.
"""

import unicodedata
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from summit_pipeline.report.summary import DamagedText, DisagreementLine, Summary, ValueSide

_STYLE = {"error": "bold red", "warn": "yellow", "info": "cyan"}
_HEAD = {
    "error": "contradicted",
    "warn": "to be looked at",
    "info": "explained",
}
_SHOWN = {"error": 20, "warn": 8, "info": 6}
"""How many of each severity are printed; --all prints the rest."""


def safe(text: str) -> str:
    """Text without control and direction characters, which could disguise what is printed."""
    return "".join(
        c if c == " " or unicodedata.category(c)[0] != "C" else "\N{REPLACEMENT CHARACTER}"
        for c in text.replace("\n", " ")
    )


def _cut(text: str, characters: int = 34) -> str:
    """A value's words, cut for a line that shows two of them."""
    words = safe(text)
    return words if len(words) <= characters else words[: characters - 1] + "…"


def print_summary(console: Console, summary: Summary, file: Path, *, show_all: bool) -> None:
    """Print what came in, what differs, what is damaged, and where the file is."""
    _print_intake(console, summary)
    _print_disagreements(console, summary, show_all)
    _print_damage(console, summary, show_all)
    console.print()
    console.print(Text("Published  ", style="bold") + Text(str(file)))
    console.print(Text('Ask it     summit query "SELECT * FROM marts.disagreements"', style="dim"))


def _heading(console: Console, text: str) -> None:
    console.print()
    console.print(Text(text, style="bold underline"))


def _plural(number: int, noun: str) -> str:
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number:,} {noun if number == 1 else plural}"


def _print_intake(console: Console, summary: Summary) -> None:
    _heading(console, "What came in")
    counts = summary.counts
    parts = [f"{counts[name]:,} {name}" for name in counts if name != "seen" and counts[name]]
    console.print(f"{_plural(counts.get('seen', 0), 'item')} seen: {', '.join(parts) or 'nothing'}")
    for _, detail in summary.quarantine[:5]:
        console.print(Padding(Text(f"quarantined  {safe(detail)}", style="yellow"), (0, 0, 0, 2)))
    if len(summary.quarantine) > 5:
        rest = len(summary.quarantine) - 5
        console.print(f"  ... and {rest} more in ops.quarantine", style="dim")
    facts = sum(summary.fact_counts.values())
    console.print(
        f"{_plural(len(summary.stories), 'story')}, {_plural(facts, 'fact')}: "
        + ", ".join(
            f"{n:,} {status.replace('_', ' ')}" for status, n in sorted(summary.fact_counts.items())
        )
    )
    for story in summary.stories[:5]:
        line = Text("  ")
        line.append(safe(story.title)[:90], style="italic")
        line.append(
            f"  {_plural(story.document_count, 'document')}, "
            f"{_plural(story.outlet_count, 'outlet')}, {_plural(story.origin_count, 'origin')}",
            style="dim",
        )
        console.print(line)
    if len(summary.stories) > 5:
        console.print(f"  ... and {len(summary.stories) - 5} more in marts.stories", style="dim")


def _print_disagreements(console: Console, summary: Summary, show_all: bool) -> None:
    _heading(console, "Where the sources differ")
    if not summary.disagreements:
        console.print("No two sources state different values for one thing.")
    for severity in ("error", "warn", "info"):
        lines = [d for d in summary.disagreements if d.severity == severity]
        if not lines:
            continue
        console.print()
        reviewed = sum(line.review is not None for line in lines)
        told = f", {reviewed} reviewed" if reviewed else ""
        console.print(Text(f"{len(lines)} {_HEAD[severity]}{told}", style=_STYLE[severity]))
        shown = lines if show_all else lines[: _SHOWN[severity]]
        for line in shown:
            _print_disagreement(console, line, detailed=severity != "info" or show_all)
        if len(lines) > len(shown):
            rest = len(lines) - len(shown)
            console.print(f"  ... and {rest} more in marts.disagreements (--all)", style="dim")


def _print_disagreement(console: Console, line: DisagreementLine, *, detailed: bool) -> None:
    head = Text("  ")
    relation = line.relation.replace("_", " ")
    if not detailed:
        # One line each: the two values, what they are about, cut at the edge.
        head.append(f"{relation:<14}", style=_STYLE[line.severity])
        head.append(f"{_cut(line.first.text)} | {_cut(line.second.text)}")
        if line.review:
            head.append(f"  (reviewed: {line.review.replace('_', ' ')})", style="magenta")
        head.append(f"  {safe(line.subject)}", style="dim")
        console.print(head, no_wrap=True, overflow="ellipsis")
        return
    head.append(relation, style=_STYLE[line.severity])
    head.append(f"  {safe(line.subject)}", style="bold")
    if line.review:
        head.append(f"  (reviewed: {line.review.replace('_', ' ')})", style="magenta")
    console.print(head)
    for side in (line.first, line.second):
        _print_side(console, side)
    console.print(Padding(Text(f"why: {safe(line.reason)}", style="dim"), (0, 0, 0, 6)))


def _print_side(console: Console, side: ValueSide) -> None:
    text = Text("    ")
    text.append(safe(side.text), style="bold")
    text.append(
        f"  {_plural(side.document_count, 'document')}, {_plural(side.origin_count, 'origin')}",
        style="dim",
    )
    console.print(text)
    for witness in side.witnesses[:3]:
        quote = Text(f"{safe(witness.locator)}: ", style="dim")
        quote.append(f"“{safe(witness.excerpt)}”", style="not dim")
        console.print(Padding(quote, (0, 0, 0, 6)))


def _print_damage(console: Console, summary: Summary, show_all: bool) -> None:
    _heading(console, "Damaged texts")
    if not summary.damaged:
        console.print("None found.")
    for text in summary.damaged:
        _print_damaged(console, text, show_all)


def _print_damaged(console: Console, text: DamagedText, show_all: bool) -> None:
    head = Text(f"  {safe(text.locator)}  ")
    head.append(text.grade, style="bold red" if text.grade == "spun" else "yellow")
    counts = ", ".join(_plural(n, kind.replace("_", " ")) for kind, n in text.issue_counts.items())
    head.append(f"  {counts}", style="dim")
    console.print(head)
    console.print(Padding(Text(safe(text.reason), style="dim"), (0, 0, 0, 4)))
    shown = text.examples if show_all else text.examples[:10]
    pairs = [f"{safe(was)} → {safe(instead)}" if instead else safe(was) for was, instead in shown]
    if pairs:
        console.print(Padding(Text("; ".join(pairs)), (0, 0, 0, 4)))
