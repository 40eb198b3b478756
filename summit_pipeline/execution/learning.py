"""What graded texts teach: pairs of a spinner's words, and how often words stand in clean news.

A spun copy is laid beside its siblings. Digits, names and dates are what a spinner leaves alone
(the "immutables" of Zhang, Wang and Voelker's DSpin, 2014): they tell which sentences say the same.
Where two such sentences differ in a word or two between words that agree, and clean news would
rather have the sibling's words there, the pair is proposed. It is accepted when a second spun text
shows it: against a sibling of its own, or because it too has the words where clean news would
rather have the others. What two clean reports of one event vary by is paraphrase, not spinning.

Belongs here: alignment, acceptance, and the version that is written. Does not belong here: the use
of what was learned (`lexicons.learned`), or reading the tables that texts come from (`cli.learn`).
"""

import gzip
import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from types import MappingProxyType

import polars as pl

from summit_pipeline.lexicons import load_toml
from summit_pipeline.lexicons.background import Background, load_background
from summit_pipeline.lexicons.background_counts import background_table
from summit_pipeline.lexicons.counted_words import Word, counted_words, table_form
from summit_pipeline.lexicons.learned import BACKGROUND, SPUN_PAIRS
from summit_pipeline.lexicons.spin_channel import lift, phrase_rate
from summit_pipeline.text.sentences import split_sentences

Pair = tuple[str, str]
"""Folded words as spun, and as the sibling has them."""

MIN_DOCUMENTS = 2
# Sentences say the same from this many common anchors, or from one and this share of common words.
_ANCHORS = 2
_COMMON_WORDS = 0.5
_LONGEST_SENTENCE = 80  # words; longer ones are lists
_AGREEING = 2  # words right beside a pair, on one side or both, on which the sentences agree
_LONGEST_SIDE = 2  # words of a pair's side
# Between the words beside it, clean news has the original this many times as often as the spun form
# (log). On seed 001 and the spun pages of the evaluation set that have siblings, 11 of the 12 pairs
# proposed so are right, and all 7 accepted ones; of the 39 proposed without it 17 are right.
_RATHER = 2.0
# Longer pairs need sentences that agree in this share of their words, in order: in looser ones they
# are mostly other statements ("took workplace", "was assassinated").
_CLOSE = 0.4
# Words with the same beginning of this length are forms of one word ("vow", "vowed").
_STEM = 4
_FUNCTION_WORDS = frozenset(load_toml("stopwords.toml")["en"]["words"])


@dataclass(frozen=True, slots=True)
class GradedText:
    """A clean text with what is known of it; `voice` tells copies of one text apart from others."""

    story_id: str
    outlet: str
    voice: str
    grade: str
    text: str


@dataclass(frozen=True, slots=True)
class Learned:
    """Accepted pairs with the number of spun texts that show each, and the background table."""

    pairs: dict[Pair, int]
    proposed: int
    clean_documents: int
    background: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    words: tuple[Word, ...]
    anchors: frozenset[str]


def learn(texts: Sequence[GradedText]) -> Learned:
    """What the texts teach; the order of the texts does not matter."""
    stories: dict[str, list[GradedText]] = defaultdict(list)
    for text in texts:
        stories[text.story_id].append(text)
    background = load_background()
    shown: dict[Pair, set[str]] = defaultdict(set)
    paraphrases: set[Pair] = set()
    for members in stories.values():
        read = {t.text: _sentences(t.text) for t in members}
        clean = sorted({t.text for t in members if t.grade == "clean"})
        for spun in (t for t in members if t.grade == "spun"):
            for sibling in clean:
                for pair in _replacements(read[spun.text], read[sibling], background):
                    shown[pair].add(spun.voice)
        if any(t.grade == "spun" for t in members):
            for one in clean:
                for other in clean:
                    if one != other:
                        paraphrases |= _replacements(read[one], read[other], None)
    proposed = len(shown)
    _add_voices(shown, [t for t in texts if t.grade == "spun"], background)
    accepted = {
        pair: len(voices)
        for pair, voices in sorted(shown.items())
        if len(voices) >= MIN_DOCUMENTS and pair not in paraphrases
    }
    clean_texts = [t for t in texts if t.grade == "clean"]
    table = background_table(
        pl.DataFrame(
            {"source": [t.outlet for t in clean_texts], "text": [t.text for t in clean_texts]},
            schema={"source": pl.String, "text": pl.String},
        )
    )
    return Learned(accepted, proposed, int(table.split("\t", 1)[0]), table)


def _add_voices(
    shown: dict[Pair, set[str]], texts: Iterable[GradedText], background: Background
) -> None:
    """Add the voices of spun texts that have a proposed pair's words where they fit badly."""
    by_first: dict[str, list[Pair]] = defaultdict(list)
    for pair in shown:
        by_first[pair[0].split()[0]].append(pair)
    for text in texts:
        for sentence in _sentences(text.text):
            words = sentence.words
            for at, word in enumerate(words):
                for pair in by_first.get(word.form, ()):
                    end = at + len(pair[0].split())
                    if " ".join(w.form for w in words[at:end]) != pair[0]:
                        continue
                    if _preference(words, at, end, pair, background) >= _RATHER:
                        shown[pair].add(text.voice)


def _preference(
    words: Sequence[Word], first: int, last: int, pair: Pair, background: Background
) -> float:
    """How much rather clean news has the original between the words beside `words[first:last]`."""
    left = table_form(words[first - 1].form) if first and words[first].joined else None
    right = table_form(words[last].form) if last < len(words) and words[last].joined else None

    def usual(phrase: str) -> float:
        forms = tuple(map(table_form, phrase.split()))
        beside = lift(background, left, forms[0]) + lift(background, forms[-1], right)
        return math.log(phrase_rate(background, forms)) + beside

    return usual(pair[1]) - usual(pair[0])


def write_version(
    learned: Learned, folder: Path, tables: Mapping[str, str] = MappingProxyType({})
) -> Path:
    """Write a version into `folder` under the hash of its content; gives the version's folder.

    The same content gives the same version, so learning again from the same texts adds nothing.
    `tables` are further files of the version by name, with their text.
    """
    head = (
        "# Pairs learned by `summit learn` from this installation's own articles: word choices of\n"
        "# spun texts against clean reports of one event; documents: spun texts that show it.\n"
    )
    rows = [f"{spun}\t{original}\tlearned\t{n}" for (spun, original), n in learned.pairs.items()]
    pairs = head + "\n".join(["spun\toriginal\torigins\tdocuments", *rows]) + "\n"
    further = "".join(f"{name}\n{text}" for name, text in sorted(tables.items()))
    content = pairs + learned.background + further
    version = hashlib.sha256(content.encode()).hexdigest()[:12]
    place = folder / version
    place.mkdir(parents=True, exist_ok=True)
    (place / SPUN_PAIRS).write_text(pairs, encoding="utf-8")
    for name, text in tables.items():
        (place / name).write_text(text, encoding="utf-8")
    with gzip.GzipFile(place / BACKGROUND, "wb", compresslevel=9, mtime=0) as file:
        file.write(learned.background.encode())
    return place


def _sentences(text: str) -> list[_Sentence]:
    found = []
    at = 0
    for line in text.split("\n"):
        for span in split_sentences(text, at, at + len(line)):
            words = counted_words(text, span.start, span.end)
            if 4 <= len(words) <= _LONGEST_SENTENCE:
                found.append(_Sentence(tuple(words), frozenset(_anchors(words))))
        at += len(line) + 1
    return found


def _anchors(words: Sequence[Word]) -> Iterable[str]:
    """Forms that a spinner leaves alone: figures, and words written large inside a sentence."""
    return (w.form for at, w in enumerate(words) if w.form[:1].isdigit() or (at and w.capital))


def _replacements(
    spun: Sequence[_Sentence], sibling: Sequence[_Sentence], background: Background | None
) -> set[Pair]:
    """The pairs by which aligned sentences differ; all of them where no background judges them."""
    by_anchor: dict[str, list[int]] = defaultdict(list)
    for number, sentence in enumerate(sibling):
        for anchor in sentence.anchors:
            by_anchor[anchor].append(number)
    found: set[Pair] = set()
    for sentence in spun:
        common = Counter(n for anchor in sentence.anchors for n in by_anchor[anchor])
        for number, anchors in common.items():
            if _say_the_same(sentence, sibling[number], anchors):
                found |= _differences(sentence.words, sibling[number].words, background)
    return found


def _say_the_same(one: _Sentence, other: _Sentence, anchors: int) -> bool:
    here, there = ({w.form for w in s.words} for s in (one, other))
    share = len(here & there) / min(len(here), len(there))
    return share >= _COMMON_WORDS if anchors < _ANCHORS else share >= _COMMON_WORDS / 2


def _differences(
    spun: Sequence[Word], sibling: Sequence[Word], background: Background | None
) -> set[Pair]:
    """Replacements of a word or two beside words that agree."""
    match = SequenceMatcher(None, [w.form for w in spun], [w.form for w in sibling], autojunk=False)
    steps = match.get_opcodes()
    found = set()
    for at, (kind, a, b, c, d) in enumerate(steps):
        if kind != "replace" or b - a > _LONGEST_SIDE or d - c > _LONGEST_SIDE:
            continue
        around = steps[max(at - 1, 0) : at] + steps[at + 1 : at + 2]
        agreeing = sum(end - start for name, start, end, _, _ in around if name == "equal")
        if agreeing >= _AGREEING and all(step[0] == "equal" for step in around):
            pair = _pair(spun[a:b], sibling[c:d])
            if pair is None:
                continue
            is_sure = background is None or (
                (b - a == d - c == 1 or match.ratio() >= _CLOSE)
                and _preference(spun, a, b, pair, background) >= _RATHER
            )
            if is_sure:
                found.add(pair)
    return found


def _pair(spun: Sequence[Word], original: Sequence[Word]) -> Pair | None:
    """The pair, unless it is of names or figures, function words, or forms of one word."""
    sides = [[w.form for w in side] for side in (spun, original)]
    if any(w.capital or w.form[:1].isdigit() for w in (*spun, *original)):
        return None
    if any(all(form in _FUNCTION_WORDS for form in side) for side in sides):
        return None
    if sides[0][0][:_STEM] == sides[1][0][:_STEM]:
        return None
    return " ".join(sides[0]), " ".join(sides[1])
