"""Lines that say again what the document says elsewhere.

Belongs here: repeats within one document. Does not belong here: copies among documents
(`reconcile`). A repeat is never a second witness, so it must be marked; it is cut only where it is
the title again.

A line is a repeat if it stands elsewhere word for word, or, for bullets, if at least seven in ten
of its content words stand in one body sentence or in two that follow each other. On the seeds and
700 news articles repeats had 0.88 or more and of 50 other bullets nine in ten at most 0.54.
"""

from summit_pipeline.lexicons import load_toml
from summit_pipeline.normalise.findings import Finding
from summit_pipeline.normalise.layout.lines import Line
from summit_pipeline.text.sentences import split_sentences
from summit_pipeline.text.tokens import folded_words

_ENGLISH = frozenset(load_toml("stopwords.toml")["en"]["words"])
_SHARE = 0.7
_FEWEST_WORDS = 4
_FEWEST_CONTENT_WORDS = 4  # fewer words stand together somewhere by chance
_MOST_SENTENCES = 400
_MOST_BULLETS = 40


def find_repeats(text: str, lines: list[Line], title: str | None) -> list[tuple[int, Finding]]:
    """The repeats among the lines: index and finding.

    Its rule is title_again, line_again or bullet_of_body.
    """
    found: list[tuple[int, Finding]] = []
    folded_title = _key(title) if title else ""
    seen: dict[str, int] = {}
    # Bullets come last, so that of a bullet and a paragraph the bullet is the repeat.
    for index, line in sorted(enumerate(lines), key=lambda item: item[1].part == "bullet"):
        if line.is_cut or line.words < _FEWEST_WORDS:
            continue
        key = _key(line.text)
        if line.part == "title":
            seen[key] = index
            continue
        if key == folded_title:
            found.append((index, _finding(line, "title_again", "the title, word for word")))
        elif key in seen:
            at = lines[seen[key]].start
            found.append((index, _finding(line, "line_again", f"stands at {at} word for word")))
        else:
            seen[key] = index
    found += _bullets_of_body(text, lines, {index for index, _ in found})
    return sorted(found)


def _key(text: str) -> str:
    """The form in which whole lines are compared; marks at the end do not count."""
    # Four replacements take a fiftieth of the time of one translation table.
    straight = text.replace("“", '"').replace("”", '"').replace("‘", "'").replace("’", "'")
    return straight.casefold().rstrip(" .!?:;,\"'")


def _finding(line: Line, rule: str, evidence: str) -> Finding:
    return Finding(line.start, line.end, "repeated", rule, evidence)


def _bullets_of_body(text: str, lines: list[Line], known: set[int]) -> list[tuple[int, Finding]]:
    bullets = [
        i for i, x in enumerate(lines)
        if x.part == "bullet" and not x.is_cut and i not in known and x.words >= _FEWEST_WORDS
    ][:_MOST_BULLETS]  # fmt: skip
    if not bullets:
        return []
    sentences = [
        (span.start, _content(text[span.start : span.end]))
        for line in lines
        if line.part == "body" and not line.is_cut
        for span in split_sentences(text, line.start, line.end)
    ][:_MOST_SENTENCES]
    found = []
    for index in bullets:
        wanted = _content(lines[index].text)
        if len(wanted) < _FEWEST_CONTENT_WORDS:
            continue
        best, at = _best_match(wanted, sentences)
        if best >= _SHARE:
            evidence = f"{best:.0%} of its words stand in the body at {at}"
            found.append((index, _finding(lines[index], "bullet_of_body", evidence)))
    return found


def _content(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("'s") for word in folded_words(text) if word not in _ENGLISH)


def _best_match(
    wanted: frozenset[str], sentences: list[tuple[int, frozenset[str]]]
) -> tuple[float, int]:
    """The largest share of the wanted words in one sentence or two neighbours, and where."""
    best, at = 0.0, 0
    if not wanted:
        return best, at
    before: frozenset[str] = frozenset()
    for start, words in sentences:
        share = len(wanted & (words | before)) / len(wanted)
        if share > best:
            best, at = share, start
        before = words
    return best, at
