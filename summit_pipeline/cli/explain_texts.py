"""How `summit explain` tells of a claim or a document.

Belongs here: printing. Does not belong here: the questions (`report.explaining_texts`), facts and
disagreements (`explain`).
"""

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from summit_pipeline.cli.printing import safe
from summit_pipeline.report.explaining_texts import (
    ClaimExplanation,
    DocumentExplanation,
    Evidence,
    Finding,
)

VOTES = {
    "supports": "supports the chosen value of its fact",
    "supports_rounded": "supports it, rounded",
    "supports_less_specific": "supports it, less precisely",
    "opposes": "opposes the chosen value of its fact",
    "superseded": "an earlier state",
    "no_vote": "neither supports nor opposes the chosen value of its fact",
}
_LONGEST_WORDS = 420
_SHOWN = 10


def print_claim(console: Console, claim: ClaimExplanation, *, show_all: bool) -> None:
    """Print a claim in its raw text, whose voice it is, and what it comes to."""
    _head(console, f"{claim.kind} claim", claim.words, "claim", claim.claim_id)
    console.print(Text(_place(claim.locator, claim.outlet, claim.published), style="dim"))
    if not claim.is_current:
        console.print("An older version of the document says so; it has no vote.", style="yellow")
    _line(console, "text", f"characters {claim.start_char}-{claim.end_char} of the raw text")
    words = Text("…" + safe(claim.before))
    words.append(_cut(claim.words), style="bold underline")
    words.append(safe(claim.after) + "…")
    console.print(Padding(words, (0, 0, 0, 9)))
    _line(console, "read by", f"rule {claim.rule}, right in {claim.confidence:.0%} of its readings")
    if claim.origin:
        _line(console, "origin", f"{safe(claim.origin)} ({safe(claim.origin_basis or '')})")
    if claim.text_grade in ("spun", "rewritten"):
        _line(console, "grade", f"the text is graded {claim.text_grade}", "bold red")
    if claim.fact is not None:
        _line(console, "fact", safe(claim.fact.told), hint=claim.fact)
        _line(console, "vote", vote_in_words(claim.vote, claim.is_repeat, claim.is_witness))
    _print_findings(console, claim.disagreements, show_all)
    short = claim.document_id[:8]
    console.print(Text(f"\nits document: summit explain {short}", style="dim"))


def vote_in_words(vote: str | None, is_repeat: bool, is_witness: bool) -> str:
    """What a claim says to its fact, and whether it is counted."""
    told = "says it again" if is_repeat else VOTES.get(vote or "", vote or "")
    return told if is_witness else f"{told}; not heard"


def print_document(console: Console, document: DocumentExplanation, *, show_all: bool) -> None:
    """Print what is known of a document, and what a person may do about it."""
    _head(console, "document", document.title or document.locator, "document", document.document_id)
    console.print(Text(_place(document.locator, document.outlet, document.published), style="dim"))
    if document.withdrawn:
        _line(
            console, "gone", f"withdrawn since {document.withdrawn}; heard on nothing", "bold red"
        )
    if document.story_title:
        _line(console, "story", safe(document.story_title))
    if not document.published:
        _line(console, "day", "of publication not known")
    if document.origin:
        _line(console, "origin", f"{safe(document.origin)} ({safe(document.origin_basis or '')})")
    shown = document.evidence if show_all else document.evidence[:3]
    for sign in shown:
        console.print(Padding(Text(_sign(sign), style="dim"), (0, 0, 0, 9)))
    _more(console, len(document.evidence) - len(shown), "sign")
    style = "bold red" if document.text_grade in ("spun", "rewritten") else ""
    _line(console, "grade", safe(document.text_grade_reason), style)
    if document.issues:
        told = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in document.issues)
        _line(console, "damage", f"{told}; see marts.text_issues")
    _line(console, "claims", f"{document.claim_count}, {document.witness_count} of them counted")
    _print_findings(console, document.disagreements, show_all)
    if document.review:
        _line(console, "review", document.review.replace("_", " "), "magenta")
    else:
        short = document.document_id[:8]
        hint = f'not reviewed; summit review {short} --confirm | --dismiss "why"'
        console.print(Text(f"\n{hint}", style="dim"))


def _head(console: Console, what: str, words: str, kind: str, its_id: str) -> None:
    head = Text(what, style="bold cyan")
    head.append(f"  {_cut(words)}", style="bold")
    console.print(head)
    console.print(Text(f"{kind} {its_id}", style="dim"))


def _place(locator: str, outlet: str, published: str | None) -> str:
    parts = [safe(locator)]
    if outlet not in locator:
        parts.append(safe(outlet))
    if published:
        parts.append(f"published {published}")
    return "  ".join(parts)


def _line(
    console: Console, name: str, told: str, style: str = "", hint: Finding | None = None
) -> None:
    line = Text(f"{name:<9}", style="dim")
    line.append(told, style=style)
    if hint is not None:
        line.append(f"  summit explain {hint.finding_id[:8]}", style="dim")
    console.print(line)


def _sign(sign: Evidence) -> str:
    other = f" of {sign.other}" if sign.other else ""
    words = f": “{_cut(sign.words, 80)}”" if sign.words else ""
    told = f"{sign.kind.replace('_', ' ')}{other} points to {sign.origin}{words}"
    return safe(f"{told}, weight {sign.weight:.2f}")


def _print_findings(console: Console, findings: tuple[Finding, ...], show_all: bool) -> None:
    shown = findings if show_all else findings[:_SHOWN]
    for finding in shown:
        _line(console, "differs", _cut(finding.told, 140), hint=finding)
    _more(console, len(findings) - len(shown), "disagreement")


def _more(console: Console, number: int, noun: str) -> None:
    if number > 0:
        plural = "" if number == 1 else "s"
        told = f"... and {number} {noun}{plural} more (--all)"
        console.print(Padding(Text(told, style="dim"), (0, 0, 0, 9)))


def _cut(text: str, characters: int = _LONGEST_WORDS) -> str:
    words = safe(text)
    return words if len(words) <= characters else words[: characters - 1] + "…"
