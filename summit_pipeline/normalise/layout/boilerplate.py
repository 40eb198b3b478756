"""Lines that belong to the page, not to the article: prompts, boxes, notes.

Belongs here: recognising such lines by their words. Does not belong here: the words themselves
(`lexicons/data/boilerplate.toml`), furniture lines of dates and categories (`furniture`), embeds,
captions. A rule here must fit the whole line: a body sentence that mentions a newsletter stays.
"""

import re

from summit_pipeline.lexicons import load_toml
from summit_pipeline.normalise.findings import Finding
from summit_pipeline.normalise.layout.lines import Line
from summit_pipeline.vocabulary import IssueKind

_LEXICON = load_toml("boilerplate.toml")
_LONGEST = 300  # characters; longer lines are body text, whatever they start with
# A line of more words than this that ends like a sentence is cut only by rules for such sentences.
_LONGEST_SENTENCE = 14
_SENTENCE_RULES = frozenset({"copyright", "page_note", "newsletter", "follow_prompt"})
_LONGEST_HEADING = 10
# A link box flattened into a line: its heading, no sentence, then its prompt.
_PROMPTS = ("Read more", "READ MORE", "Learn more")
_READ_MORE_TAIL = re.compile(
    r"^(?:(?![.!?…]\s).)*\w['’\")]?\s(?:" + "|".join(_PROMPTS) + r")\s*[»›>→]?$"
)
_DRAWN_LINE = re.compile(r"(?:[-–—*_=~•·.#]\s?){3,60}")
_ATTACHED_TAIL = re.compile(r"(?<!\?:)(?<=[a-z)\]?*:+])X")


def expand(pattern: str) -> str:
    """A lexicon pattern as a regular expression: `N` a number, `X` further words.

    `X` after a space or at the start stands for words, right after a word for none or some.
    """
    pattern = pattern.replace(": ?X", ":.{1,280}")
    pattern = _ATTACHED_TAIL.sub(lambda _: r"(?:\W.{0,280})?", pattern).replace("X", ".{1,280}")
    return pattern.replace("N", r"\d{1,4}(?:[.,:]\d{1,3})?")


_RULES = {
    rule: re.compile("|".join(f"(?:{expand(p)})" for p in patterns))
    for rule, patterns in _LEXICON["whole_line"].items()
}
# Most lines fit no rule, which one pattern of all rules tells faster than all of them in turn.
_ANY_RULE = re.compile("|".join(f"(?:{pattern.pattern})" for pattern in _RULES.values()))


def boilerplate_rule(line: Line) -> str | None:
    """The name of the boilerplate rule that the whole line fits, if any.

    "Leave a comment" -> "comment_prompt"; "Sign up for our daily newsletter." -> "newsletter".
    """
    if len(line.text) > _LONGEST:
        return None
    if _DRAWN_LINE.fullmatch(line.text):
        return "rule_line"
    has_prompt = line.words <= 30 and any(prompt in line.text for prompt in _PROMPTS)
    if has_prompt and _READ_MORE_TAIL.search(line.text):
        return "read_more"
    folded = line.folded
    if not _ANY_RULE.fullmatch(folded):
        return None
    for rule, pattern in _RULES.items():
        if pattern.fullmatch(folded):
            if rule == "summary_heading" and line.words > _LONGEST_HEADING:
                return None
            is_sentence = line.words > _LONGEST_SENTENCE and line.text[-1:] in ".!?"
            return None if is_sentence and rule not in _SENTENCE_RULES else rule
    return None


def find_boilerplate(lines: list[Line]) -> list[tuple[int, Finding]]:
    """The boilerplate among lines that no rule has settled: index of the line and the finding."""
    found = []
    for index, line in enumerate(lines):
        if line.is_cut or line.is_settled:
            continue
        rule = boilerplate_rule(line)
        if rule is not None:
            kind: IssueKind = "byline" if rule == "page_note" else "boilerplate"
            evidence = f"the whole line is a {rule.replace('_', ' ')}"
            found.append((index, Finding(line.start, line.end, kind, rule, evidence)))
    return found
