"""The number grammar of all kinds of amounts: digits, words, scales, fractions, vague plurals.

A number is read from a given place of a text; what it counts, and whether a currency sign stands
before it, is for the callers (`extract`). Belongs here: the grammar. Does not belong here: units.

`step` is the unit of the last digit written, from which the interval follows that the writing
allows (half a unit to each side, the convention of rounding):
    68.5 billion -> 1e8      68 billion -> 1e9       2.50 -> 0.01      31 -> 1
Digits that end in groups of three zeros count as if their scale were written: 30,000 has the step
1,000, as "30 thousand" has.
"""

import re
from dataclasses import dataclass

from summit_pipeline.lexicons import load_toml

_LEXICON = load_toml("number_words.toml")
_UNITS: dict[str, int] = _LEXICON["units"]
_TENS: dict[str, int] = _LEXICON["tens"]
_SCALES: dict[str, float] = _LEXICON["scales"]
_SHORT_SCALES: dict[str, float] = _LEXICON["short_scales"]
_VAGUE: dict[str, list[float]] = _LEXICON["vague"]
_MULTIPLIERS: dict[str, list[float]] = _LEXICON["vague_multipliers"]
_PARTS = {"three": 0.75, "half": 0.5, "third": 1 / 3, "quarter": 0.25}
_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}

# No number of the news needs more digits; longer runs are identifiers.
_MAX_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: text offsets, value and precision; `value` is None where it is vague."""

    start: int
    end: int
    value: float | None
    low: float
    high: float
    step: float
    scaled: bool
    """Whether a scale word or letter is written."""
    in_words: bool
    """Whether the number itself is written in words."""

    @property
    def is_few(self) -> bool:
        """Whether it is a vague number under ten: "several", "a few", "a handful"."""
        return self.value is None and self.high <= 10

    @property
    def is_bare_integer(self) -> bool:
        """Whether every digit is written out, so that the number can be meant exactly."""
        return self.value is not None and self.step == 1 and self.value == int(self.value)


def _alternation(words: list[str] | dict[str, float] | dict[str, int]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+"
_SIMPLE = _alternation([*_UNITS, *_TENS])
_SCALE_WORDS = _alternation(_SCALES)
_PLAIN_SCALES = "hundred|thousand|million|billion|trillion"
WORDS = rf"(?:{_SIMPLE})(?:(?:-|\s)(?:and\s)?(?:{_SIMPLE}|{_PLAIN_SCALES})\b){{0,12}}"

_NUMBER = re.compile(
    rf"(?P<digits>{DIGITS})"
    r"(?:\s?(?P<glyph>[½¼¾⅓⅔⅛])|[ -](?P<top>[137])(?:/|\s/\s)(?P<bottom>[248])(?![\d/]))?"
    rf"|(?P<only_glyph>[½¼¾⅓⅔⅛])"
    r"|(?i:(?P<fraction>(?:(?:an?\s|one[ -])?(?:half|third|quarter)|three[ -]quarters)"
    rf"(?:\sof)?(?:\san?)?)(?=[\s-](?:{_PLAIN_SCALES}|dozen)\b)"
    rf"|(?P<words>{WORDS})\b(?:\sand\sa\s(?P<and_fraction>half|quarter)\b)?"
    rf"|(?P<article>an?)(?=[\s-](?:{_PLAIN_SCALES}|dozen)\b)"
    rf"|(?P<bare_scale>{_PLAIN_SCALES}|dozen)(?=\s))"
)
_SCALE = re.compile(rf"(?:\s|-)?(?i:(?P<scale>{_SCALE_WORDS}|dozen))\b")
_SHORT_SCALE = re.compile(rf"(?P<scale>(?i:{_alternation(_SHORT_SCALES)}))(?![\w$])")
_SCALE_ABBREVIATIONS = frozenset(s for s in _SCALES if len(s) <= 3)
_VAGUE_PLURAL = re.compile(
    rf"(?i:(?:(?P<multiplier>{_alternation(list(_MULTIPLIERS))})\s?)?"
    rf"(?P<first>{_alternation(list(_VAGUE))})"
    rf"(?P<more>(?:\sof\s(?:hundreds|thousands|millions|billions|trillions)){{0,2}})\b"
    rf"(?:(?:\sor\s|\sto\s|\sand\s)(?:even\s)?(?:{_alternation(list(_VAGUE))})\b)?)"
)
_MULTIPLIED_SCALE = re.compile(
    rf"(?i:(?P<multiplier>{_alternation(list(_MULTIPLIERS))})\s?"
    rf"(?P<scale>dozen|{_PLAIN_SCALES})s?\b)"
)
_WORD = re.compile(r"[a-z]+")


def number_at(text: str, start: int, end: int, *, short_scales: bool = False) -> Number | None:
    """The number that begins exactly at `start`, or None.

    Args:
        text: the text that offsets point into.
        start: where the number begins.
        end: where reading stops.
        short_scales: whether "5m" and "5k" are five million and five thousand (after a currency
            sign) rather than five metres and five of something else.
    """
    match = _NUMBER.match(text, start, end)
    if match is None:
        return None
    read = _digits(match) if match["digits"] or match["only_glyph"] else _words(match)
    if read is None:
        return None
    value, step, at = read
    scale = _scale_at(text, at, end, short_scales and bool(match["digits"]))
    in_words = not (match["digits"] or match["only_glyph"])
    if scale is None and (match["article"] or match["fraction"]):
        return None
    factor, at = scale if scale else (1.0, at)
    value = round(value * factor, 9)
    # "Two dozen" is a way to say 24, and no coarser than that.
    step = 1.0 if factor == 12 else step * factor
    half = step / 2
    scaled = scale is not None or bool(match["bare_scale"]) or step > 1
    return Number(start, at, value, value - half, value + half, step, scaled, in_words)


def vague_at(text: str, start: int, end: int) -> Number | None:
    """A vague plural or vaguely multiplied scale that begins at `start`: "hundreds of billions"."""
    match = (
        None if _MULTIPLIED_SCALE.match(text, start, end) else _VAGUE_PLURAL.match(text, start, end)
    )
    if match:
        low, high = _VAGUE[match["first"].lower()]
        further = [w for w in _WORD.findall(match["more"].lower()) if w != "of"]
        if match["multiplier"]:
            first, last = _MULTIPLIERS[match["multiplier"].lower()]
            low, high = low * first, low * last
        for word in further:
            low, high = low * _VAGUE[word][0], high * _VAGUE[word][0]
        return Number(start, match.end(), None, low, high, 0.0, True, True)
    match = _MULTIPLIED_SCALE.match(text, start, end)
    if match is None:
        return None
    first, last = _MULTIPLIERS[match["multiplier"].lower()]
    scale = {**_SCALES, "dozen": 12.0}[match["scale"].lower()]
    return Number(start, match.end(), None, first * scale, last * scale, 0.0, True, True)


def _scale_at(text: str, at: int, end: int, short: bool) -> tuple[float, int] | None:
    """The factor of the scale words that begin at `at`, and where they end."""
    factor, found = 1.0, False
    if short and (match := _SHORT_SCALE.match(text, at, end)):
        return _SHORT_SCALES[match["scale"].lower()], match.end()
    while match := _SCALE.match(text, at, end):
        word = match["scale"].lower()
        factor *= 12.0 if word == "dozen" else _SCALES[word]
        at, found = match.end(), True
        if word in _SCALE_ABBREVIATIONS or factor > 1e15:
            break
    return (factor, at) if found else None


def _digits(match: re.Match[str]) -> tuple[float, float, int] | None:
    """Value, step and end of a number that begins with digits."""
    if match["only_glyph"]:
        return _GLYPHS[match["only_glyph"]], 0.01, match.end()
    written = match["digits"].replace(",", "")
    if len(written) > _MAX_DIGITS:
        return None
    whole, _, decimals = written.partition(".")
    value = float(written)
    if match["glyph"]:
        return value + _GLYPHS[match["glyph"]], 0.01, match.end()
    if match["top"]:
        return value + int(match["top"]) / int(match["bottom"]), 0.01, match.end()
    if decimals:
        return value, 10.0 ** -len(decimals), match.end()
    zeros = len(whole) - len(whole.rstrip("0")) if whole.strip("0") else 0
    return value, 1000.0 ** (zeros // 3), match.end()


def _words(match: re.Match[str]) -> tuple[float, float, int] | None:
    """Value, step and end of a number written in words."""
    if match["article"]:
        return 1.0, 1.0, match.end()
    if match["bare_scale"]:
        word = match["bare_scale"].lower()
        value = 12.0 if word == "dozen" else _SCALES[word]
        return value, (1.0 if value < 1000 else value), match.end()
    if match["fraction"]:
        written = match["fraction"].lower()
        value = next(f for word, f in _PARTS.items() if word in written)
        return value, 0.1, match.end()
    value, step = words_value(match["words"])
    if match["and_fraction"]:
        return value + (0.5 if match["and_fraction"].lower() == "half" else 0.25), 0.1, match.end()
    return value, step, match.end()


def words_value(words: str) -> tuple[float, float]:
    """Value and step of a number in words: "two hundred and fifty thousand" -> (250000, 1000).

    Words that don't make one number are read as one after another would be said ("nineteen
    eighty" -> 1980).
    """
    total, current, step = 0.0, 0.0, 1.0
    for word in _WORD.findall(words.lower()):
        if word == "and":
            continue
        if word in _UNITS or word in _TENS:
            number = _UNITS.get(word, _TENS.get(word, 0))
            crowded = current % 10 or (current % 100 and number >= 10)
            current = current * 100 + number if crowded else current + number
            step = 1.0
        elif word == "hundred":
            current = max(current, 1.0) * 100
        else:
            step = _SCALES[word]
            total += max(current, 1.0) * step
            current = 0.0
    return total + current, step
