"""`summit explain ID`: the way from a verdict back to the characters.

ID is a fact_id, disagreement_id, claim_id or document_id of the public tables, or how it begins.
Text of sources is printed as text, without control characters.
"""

import argparse
import sys
from collections import Counter
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from summit_pipeline.cli.explain_texts import print_claim, print_document, vote_in_words
from summit_pipeline.cli.looked_at import looked_at
from summit_pipeline.cli.printing import safe
from summit_pipeline.report.explaining import ClaimLine, Explanation, ValueLines, explain
from summit_pipeline.report.explaining_texts import explain_claim, explain_document
from summit_pipeline.report.subjects import SubjectKind, find_subject
from summit_pipeline.warehouse.connection import open_published

_PLAIN_WIDTH = 100
_SHOWN_CLAIMS = 5
_LONGEST_SENTENCE = 420
_LONGEST_VALUE = 160

_VERDICTS = {
    "contradiction": (
        "bold red",
        "Each value excludes the other, and none of the innocent explanations applies: another "
        "scope, rounding, less precision, a correction, a later state, a dispute among speakers.",
    ),
    "undecided": ("yellow", "A needed key or order is told on one side only."),
    "attributed_dispute": ("yellow", "Different speakers say different things."),
    "quote_corrupted": ("yellow", "A rewritten text has changed the words of a remark."),
    "scope_differs": ("cyan", "Both may hold: they are of different periods, places or parts."),
    "rounding": ("cyan", "One figure at different precision."),
    "less_specific": ("cyan", "One says the same less precisely."),
    "update": ("cyan", "Both held, one after the other."),
    "correction": ("cyan", "The source corrected itself."),
    "quote_elided": ("cyan", "One remark, with words left out on one side."),
    "quote_variant": ("cyan", "One remark in slightly different words."),
    "agree": ("green", "They say the same."),
    "settled": ("green", "At least two origins state it, and none denies it."),
    "disputed": ("bold red", "Origins contradict each other."),
    "single_origin": ("yellow", "Only one origin states it."),
}
_REVIEW = {
    "--confirm": "the finding is right",
    "--dismiss": "it is wrong, or does not matter",
    "--same-fact": "the two values say the same",
}


def add_parser(commands: Any) -> argparse.ArgumentParser:
    """Describe the subcommand's words."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "explain",
        help="tell why a fact or disagreement stands as it does, and what a claim or document says",
        description=__doc__,
    )
    parser.add_argument(
        "id", metavar="ID", help="id of a fact, disagreement, claim or document, or how it begins"
    )
    parser.add_argument("--all", action="store_true", help="print every claim and every pair")
    return parser


def execute(options: argparse.Namespace) -> int:
    """Look the id up in the published file and print what leads to its verdict."""
    console = Console() if sys.stdout.isatty() else Console(width=_PLAIN_WIDTH)
    with open_published(options.data / "summit.duckdb") as con:
        kinds: tuple[SubjectKind, ...] = ("disagreement", "fact", "claim", "document")
        subject = find_subject(con, options.id.strip(), kinds)
        if subject.former_id:
            console.print(f"{subject.former_id} is now {subject.subject_id}", style="dim")
        if subject.kind == "claim":
            print_claim(console, explain_claim(con, subject.subject_id), show_all=options.all)
        elif subject.kind == "document":
            print_document(console, explain_document(con, subject.subject_id), show_all=options.all)
        else:
            print_explanation(console, explain(con, subject), show_all=options.all)
    return 0


def print_explanation(console: Console, explanation: Explanation, *, show_all: bool) -> None:
    """Print verdict, values with their claims, and the pairs that were compared."""
    style, meaning = _VERDICTS.get(explanation.verdict, ("bold", ""))
    head = Text(explanation.verdict.replace("_", " "), style=style)
    head.append(f"  {safe(explanation.subject)}", style="bold")
    if explanation.scope:
        head.append(f"  ({safe(explanation.scope)})", style="bold")
    console.print(head)
    console.print(Text(f"{explanation.kind} {explanation.subject_id}", style="dim"))
    console.print(Text(f"story  {safe(explanation.story_title)}", style="dim"))
    console.print()
    if meaning:
        console.print(meaning)
    if explanation.reason:
        console.print(Text(safe(explanation.reason)))
    if explanation.rule:
        console.print(Text(f"rule {explanation.rule}, see docs/relations.md", style="dim"))
    for name, first, second in looked_at(explanation.compared):
        line = Text(f"  {name:<10}", style="dim")
        console.print(line.append(f"{safe(first)} | {safe(second)}", style="not dim"))
    _print_review(console, explanation)
    named = {c.claim_id: _place(c) for value in explanation.values for c in value.claims}
    for value in explanation.values:
        _print_value(console, value, show_all, with_stance=explanation.kind == "fact")
    _print_pairs(console, explanation, named, show_all)
    for rival in explanation.rivals:
        line = Text("\ndiffers  ", style="dim") if rival is explanation.rivals[0] else Text(" " * 9)
        line.append(f"{rival.relation.replace('_', ' ')}: ")
        line.append(f"{_cut(rival.value_a, 30)} | {_cut(rival.value_b, 30)}")
        line.append(f"  summit explain {rival.disagreement_id[:8]}", style="dim")
        console.print(line)


def _print_review(console: Console, explanation: Explanation) -> None:
    if explanation.review:
        told = f"reviewed: {explanation.review.replace('_', ' ')}"
        console.print(Text(f"{told}, “{safe(explanation.review_reason or '')}”", style="magenta"))
        return
    short = explanation.subject_id[:8]
    options = list(_REVIEW)[: 3 if explanation.kind == "disagreement" else 2]
    told = f'not reviewed; summit review {short} {" | ".join(options)} "why"'
    console.print(Text(told, style="dim"))
    meanings = "; ".join(f"{option}: {_REVIEW[option]}" for option in options)
    console.print(Padding(Text(meanings, style="dim"), (0, 0, 0, 2)))


def _print_value(console: Console, value: ValueLines, show_all: bool, *, with_stance: bool) -> None:
    console.print()
    head = Text(_cut(value.text, _LONGEST_VALUE), style="bold")
    if with_stance:
        head.append(f"  {value.stance}", style="green" if value.stance == "chosen" else "yellow")
    head.append(
        f"  {_counted(value.document_count, 'document')}, "
        f"{_counted(value.origin_count, 'origin')}: "
        f"{safe(', '.join(value.origins[:4]))}{' ...' if len(value.origins) > 4 else ''}",
        style="dim",
    )
    console.print(head)
    shown = value.claims if show_all else value.claims[:_SHOWN_CLAIMS]
    voices: dict[str, str] = {}
    for claim in shown:
        _print_claim(console, claim, voices.get(claim.origin or ""))
        voices.setdefault(claim.origin or "", claim.locator)
    if len(value.claims) > len(shown):
        rest = len(value.claims) - len(shown)
        console.print(Text(f"  ... and {_counted(rest, 'claim')} more (--all)", style="dim"))


def _print_claim(console: Console, claim: ClaimLine, same_voice: str | None) -> None:
    """Print a claim; `same_voice` is the document of its origin that was printed before."""
    place = Text("  ")
    place.append(safe(claim.locator))
    place.append(f"  characters {claim.start_char}-{claim.end_char}", style="dim")
    if claim.outlet not in claim.locator:
        place.append(f"  {safe(claim.outlet)}")
    if claim.published:
        place.append(f"  published {claim.published}", style="dim")
    if claim.text_grade in ("spun", "rewritten"):
        place.append(f"  {claim.text_grade}", style="bold red")
    console.print(place)
    console.print(Padding(_sentence(claim), (0, 0, 0, 4)))
    basis = vote_in_words(claim.vote, claim.is_repeat, claim.is_witness)
    basis += f"; read by rule {claim.rule}"
    basis += f", right in {claim.confidence:.0%} on development data"
    if claim.speaker:
        basis += f"; said by {claim.speaker}"
    if same_voice and same_voice != claim.locator:
        basis += f"; one voice with {same_voice}: origin {claim.origin} ({claim.origin_basis})"
    elif claim.origin and not same_voice:
        basis += f"; origin {claim.origin} ({claim.origin_basis})"
    basis += f"; claim {claim.claim_id[:8]}"
    console.print(Padding(Text(safe(basis), style="dim"), (0, 0, 0, 4)))


def _sentence(claim: ClaimLine) -> Text:
    """The sentence with the claimed words marked, cut around them where it is long."""
    words, value = safe(claim.sentence), safe(claim.value_text)
    at = words.find(value)
    if at < 0:
        # The sentence is cleaned text; the claimed words are the document's own.
        marked = Text("“")
        marked.append(value, style="bold underline")
        return marked + Text(f"” in: {_cut(words, _LONGEST_SENTENCE)}")
    if len(value) > _LONGEST_SENTENCE:
        value = value[: _LONGEST_SENTENCE - 1]
    spare = max(_LONGEST_SENTENCE - len(value), 0) // 2
    begin, end = max(at - spare, 0), min(at + len(value) + spare, len(words))
    # Sentences that are quotations bring their marks along.
    bare = not words.startswith(("“", '"'))
    found = Text(("“" if bare else "") + ("…" if begin else "") + words[begin:at])
    found.append(value, style="bold underline")
    found.append(words[at + len(value) : end] + ("…" if end < len(words) else ""))
    return found.append("”" if bare else "")


def _print_pairs(
    console: Console, explanation: Explanation, named: dict[str, str], show_all: bool
) -> None:
    """The pairs of claims behind the verdict, one of each reason unless all are asked for."""
    pairs = explanation.pairs
    if not pairs:
        return
    console.print()
    by_kind = Counter(f"{pair.relation.replace('_', ' ')} by {pair.rule}" for pair in pairs)
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(by_kind.items()))
    console.print(Text(f"compared  {_counted(len(pairs), 'pair')} of claims: {told}", style="dim"))
    firsts = {(pair.relation, pair.rule): pair for pair in reversed(pairs)}
    shown = pairs if show_all else tuple(firsts.values())[::-1]
    for pair in shown:
        line = Text(f"{named.get(pair.claim_a, '?')} with {named.get(pair.claim_b, '?')}")
        console.print(Padding(line, (0, 0, 0, 2)))
        console.print(Padding(Text(safe(pair.reason), style="dim"), (0, 0, 0, 4)))
    if len(pairs) > len(shown):
        rest = len(pairs) - len(shown)
        console.print(Text(f"  ... and {_counted(rest, 'pair')} more (--all)", style="dim"))


def _place(claim: ClaimLine) -> str:
    return f"{safe(claim.locator)}:{claim.start_char}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _cut(text: str, characters: int) -> str:
    words = safe(text)
    return words if len(words) <= characters else words[: characters - 1] + "…"
