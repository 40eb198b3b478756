"""The patterns of dates: which words can be one, and where one may begin.

Belongs here: patterns. Does not belong here: what the matched words mean (`date_spans`).
"""

import functools
import re

from summit_pipeline.lexicons import load_toml
from summit_pipeline.text.patterns import by_first_letter, in_both_cases
from summit_pipeline.text.word_places import WordPlaces

_LEXICON = load_toml("calendar.toml")
_MONTHS: dict[str, int] = _LEXICON["months"]
_CENTURIES: dict[str, int] = _LEXICON["century_ordinals"]
_NUMBERS = load_toml("number_words.toml")

_NAMES = [m for m in _MONTHS if m in _LEXICON["words"]["full_months"]]
_SHORT_NAMES = [m for m in _MONTHS if m not in _NAMES]
FULL_MONTHS = "|".join(m.capitalize() for m in _NAMES)
_MONTH = rf"(?:{FULL_MONTHS}|(?:{'|'.join(m.capitalize() for m in _SHORT_NAMES)})\b\.?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%]|[.,:]\d|[-–]\d{3})"
_TO_DAY = r"[-–](?P<mdy_d2>[12]?\d|3[01])(?![\d%]|[.:]\d|,\d{3}|[-–])"
_YEAR = r"(?:1[5-9]|20|21)\d\d(?!\d|[.,]\d|[-–]?[a-z]|%)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SHORT_WEEKDAYS = ["Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun"]
_ANY_WEEKDAY = rf"(?:{_WEEKDAY}|(?:{'|'.join(_SHORT_WEEKDAYS)})\.?)"
_PART_OF_DAY = r"(?:\s(?:morning|afternoon|evening|night|lunchtime|midday))?"
_COUNT_WORDS = [w for table in ("units", "tens") for w in _NUMBERS[table] if w != "zero"]
NUMBER_WORDS = frozenset(_COUNT_WORDS)
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(_COUNT_WORDS)})"
_COUNT_AGO = rf"(?:\d{{1,3}}|{'|'.join(in_both_cases(['an?', *_COUNT_WORDS]))})"
_EDGE = r"(?:(?:[Ee]arly|[Ll]ate|[Mm]id|[Ll]ater|[Ee]arlier)(?:\s(?:in\s)?|-))?"
_RELATIVE_YEAR = r"(?:last|this|next)\syear"
_SEASON = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"
_NOT_THE_DAY = r"(?!-|\s(?:that|when|he|she|they|it|after|before|of|I|we|the|you)\b)"

# Characters that forms begin with.
_DIGITS = "0123456789"
_APOSTROPHES = "'’‘"
_EDGES = "EeLlMm"
_MONTH_LETTERS = "".join(sorted({m[0].upper() for m in _MONTHS}))
_MONTHS_AND_DAYS = _MONTH_LETTERS + "TW"
_NUMBER_LETTERS = "".join(sorted({c for w in _COUNT_WORDS for c in (w[0], w[0].upper())}))
_SEASON_LETTERS = "SsAaFfWw"
_CENTURY_LETTERS = "".join(sorted({c[0] for c in _CENTURIES}))

# Blanks are written \s; the layout is free. Each form stands with the characters that it can begin
# with, and under its name as a group; `date_spans` reads the one that matched.
_FORMS: tuple[tuple[str, str], ...] = (
    (_DIGITS,
     r"""(?P<iso> (?<![\w/.-])
         (?P<iso_y>(?:19|20)\d\d)-(?P<iso_m>\d\d)-(?P<iso_d>\d\d) (?![\w-]) )"""),
    (_MONTHS_AND_DAYS,
     rf"""(?P<mdy> \b (?:{_ANY_WEEKDAY},?\s)? (?P<mdy_m>{_MONTH})\s(?P<mdy_d>{_DAY})
         (?: {_TO_DAY} )? (?: (?:,\s|,|\s) (?P<mdy_y>{_YEAR}) )? )"""),
    (_DIGITS + "MTWFSt",
     rf"""(?P<dmy> \b (?:{_ANY_WEEKDAY},?\s)? (?:the\s)?
         (?: (?P<dmy_d1>[12]?\d|3[01])[-–] )? (?P<dmy_d>{_DAY})\s(?:of\s)?
         (?P<dmy_m>{_MONTH}) (?: ,?\s (?P<dmy_y>{_YEAR}) )? (?!\w) )"""),
    ("Tt", r"(?P<fourth> \b (?:[Tt]he\s)? (?:[Ff]ourth|4th)\sof\sJuly\b )"),
    (_EDGES + _MONTH_LETTERS,
     rf"""(?P<my> {_EDGE} \b (?P<my_m>{_MONTH}),?\s (?:of\s|in\s)? (?P<my_y>{_YEAR}) )"""),
    (_EDGES + _MONTH_LETTERS,
     rf"""(?P<m_rel> {_EDGE} \b (?P<m_rel_m>{_MONTH})\s (?:of\s)?
         (?P<m_rel_r>last|this|next)\syear\b )"""),
    (_DIGITS + "TtFfSsQ",
     rf"""(?P<quarter> \b (?:[Tt]he\s)?
         (?: (?P<q_word>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|final|1st|2nd|3rd|4th)[\s-]quarter
         | Q(?P<q_digit>[1-4]) ) \b
         (?: \s(?:of\s|in\s)? (?: (?P<q_y>{_YEAR}) | (?P<q_r>{_RELATIVE_YEAR}) ) )? )"""),
    ("Ttfs",
     rf"""(?P<half> \b (?:[Tt]he\s)? (?P<h_word>first|second)\shalf\sof\s
         (?: (?P<h_y>{_YEAR}) | (?P<h_r>{_RELATIVE_YEAR}) ) )"""),
    ("Ttlpnc",
     rf"""(?P<last_n> \b (?:[Tt]he\s)? (?P<ln_r>last|past|previous|next|coming)\s
         (?P<ln_n>{_COUNT}|few|couple\sof|several)\s (?:or\sso\s)?
         (?P<ln_u>day|week|month|year|decade)s\b )"""),
    (_DIGITS + _NUMBER_LETTERS + "Aa",
     rf"""(?P<ago> \b (?P<ago_n>{_COUNT_AGO})\s (?P<ago_u>day|week|month|year|decade)s?\s
         (?P<ago_w>ago|from\snow)\b )"""),
    ("HhDdWwMmYy",
     r"""(?P<off_event> \b (?P<oe_u>[Hh]our|[Dd]ay|[Ww]eek|[Mm]onth|[Yy]ear)s\s
         (?: (?P<oe_before>before|prior\sto|ahead\sof|earlier\sthan) | after|later\sthan )
         (?=\s
           (?P<oe_event>(?:[a-z]+ing|the|an?|his|her|its|their|[A-Z]\w+)\b(?:\s[\w’'-]+)?)) )"""),
    (_EDGES + "TteLlNnCcSsFfPp",
     rf"""(?P<rel> {_EDGE} \b (?: (?:[Tt]he\s)? end\sof\s )?
         (?P<rel_r>[Ll]ast|[Tt]his|[Nn]ext|[Cc]oming|[Ss]ubsequent|[Ff]ollowing|[Pp]revious|[Pp]ast)\s
         (?: (?P<rel_u>week|weekend|month|quarter|year|decade|century)\b
         | (?P<rel_w>{_WEEKDAY})\b{_PART_OF_DAY}
         | (?P<rel_m>{FULL_MONTHS})\b
         | (?P<rel_s>spring|summer|autumn|fall|winter)\b
         | (?P<rel_p>morning|afternoon|evening|night)\b ) )"""),
    ("Tt",
     r"(?P<two_days> \b [Tt]he\sday\s(?:before\syesterday|after\s(?P<td_after>tomorrow))\b )"),
    ("EeLlTtYy",
     r"""(?P<day_word> \b (?:[Ee]arlier\s|[Ll]ater\s|[Ee]arly\s|[Ll]ate\s)?
         (?P<dw>[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight|TODAY)\b (?!['’]s\s[A-Z])
         (?: \s(?:morning|afternoon|evening|night) )? )"""),
    ("Tt",
     r"""(?P<weekend> (?: (?<=[Oo]ver\s) | (?<=[Dd]uring\s) | (?<=[Aa]t\s) ) [Tt]he\sweekend\b
         (?!\sof\b|['’]) )"""),
    ("MTWFS", rf"(?P<weekday> \b (?P<wd>{_WEEKDAY})\b{_PART_OF_DAY} )"),
    ("Tt", rf"(?P<same_day> \b (?:[Tt]he\s(?:same\s)?|[Tt]hat\s) day\b {_NOT_THE_DAY} )"),
    (_EDGES + _SEASON_LETTERS,
     rf"""(?P<season_year> {_EDGE} \b (?P<sy_s>{_SEASON})\s (?:of\s)? (?P<sy_y>{_YEAR}) )"""),
    (_SEASON_LETTERS,
     rf"""(?P<season_rel> \b (?P<sr_s>{_SEASON})\s (?:of\s)? (?P<sr_r>last|this|next)\syear\b )"""),
    (_DIGITS + _EDGES + "Tt",
     rf"""(?P<decade> \b (?:[Tt]he\s)? {_EDGE} (?P<dec>(?:1[5-9]|20)\d0)['’]?s\b )"""),
    (_DIGITS + _EDGES + _APOSTROPHES + "Tt",
     rf"""(?P<short_decade> (?: \b[Tt]he\s | (?<=0s\sand\s) )
         {_EDGE} ['’‘]?(?P<sdec>[2-9]0)['’]?s\b )"""),
    (_DIGITS + _EDGES + "Tt" + _CENTURY_LETTERS,
     rf"""(?P<century> \b (?:[Tt]he\s)? {_EDGE}
         (?: (?P<cen_n>\d\d)(?:st|nd|rd|th) | (?P<cen_w>{"|".join(_CENTURIES)}) )
         [\s-][Cc]entury\b )"""),
    (_DIGITS,
     r"""(?P<years> (?<![\w$£€.,/:\#-]) (?P<ys_a>(?:1[89]|20)\d\d)
         (?: [-–/] | \s[-–]\s(?=\d{4}) )
         (?P<ys_b>(?:1[89]|20)\d\d|\d\d) (?![\w%-]|[.,/]\d) )"""),
    (_EDGES + _MONTH_LETTERS,
     rf"""(?P<month> {_EDGE} \b (?P<mon>{FULL_MONTHS})\b (?![-’'](?!s)) )"""),
    (_APOSTROPHES, r"(?P<short_year> (?: (?<=\s) | ^ ) ['’](?P<shy>[4-9]\d)\b(?!s) )"),
    (_DIGITS + _EDGES,
     rf"""(?P<year> {_EDGE} (?<![\w$£€¥.,/:\#&@+=~-]) (?P<y>{_YEAR}) (?![\w/:=]|-\d) )"""),
)  # fmt: skip


@functools.cache
def _forms_from(first: str) -> re.Pattern[str]:
    """The forms that can begin with a character, in the order in which they are tried."""
    forms = [form for letters, form in _FORMS if first in letters]
    return re.compile("|".join(forms) if forms else r"(?!)", re.VERBOSE)


def date_at(text: str, start: int, end: int) -> re.Match[str] | None:
    """The date whose first character stands at `start`; `lastgroup` names its form."""
    return _forms_from(text[start]).match(text, start, end)


_FIRST_WORD = re.compile(r"^[A-Za-z]+")
_AFTER_THE = (
    r"early|late|mid|first\s|second\s|third\s|fourth\s|Fourth\sof|[1-4](?:st|nd|rd|th)\s|final\s|last\s|past\s"
    r"|previous\s|next\s|coming\s|following\s|subsequent\s|same\sday|end\sof\s|[’'‘]?\d|sixteenth"
    r"|seventeenth|eighteenth|nineteenth|twent|day\b|weekend\b"
)
_FOLLOWED = {
    r"\s(?=(?:day|week|month|year|decade)s?\s(?:ago|from\snow))": ["an?", *_COUNT_WORDS],
    r"\s(?=(?:before|after|prior|ahead|earlier|later)\s)": [
        "hours",
        "days",
        "weeks",
        "months",
        "years",
    ],
    r"\s(?=of\s|last|this|next|\d)": ["spring", "summer", "autumn", "fall", "winter"],
    r"[\s-](?=quarter|half\sof)": ["first", "second", "third", "fourth", "final"],
    r"[\s-](?=[Cc]entury)": list(_CENTURIES),
    r"\s": ["last", "this", "next", "coming", "past", "subsequent", "following", "previous"],
    r"y?\s": ["earl", "late", "later", "earlier"],
    "": ["today", "yesterday", "tomorrow", "tonight", "mid-", r"that\sday\b"],
    rf"\s(?={_AFTER_THE})": ["the"],
}
# Where a date may begin: tried at the words of `BEGINNINGS`, before any form is.
_BEGIN = re.compile(
    r"\d|[’'](?=\d)|"
    + by_first_letter(
        [
            *(m.capitalize()[:3] for m in _NAMES),
            *(d.capitalize()[:3] for d in _LEXICON["weekdays"]),
            "TODAY",
            r"Q(?=[1-4])",
            r"end\sof\s(?=last|this|next)",
            *in_both_cases([w + after for after, words in _FOLLOWED.items() for w in words]),
        ]
    )
)
# The first words of dates, as far as they have no digit.
_BEGINNINGS = frozenset(
    word
    for written in (
        *(m.capitalize() for m in _MONTHS),
        *(d.capitalize() for d in _LEXICON["weekdays"]),
        *(d.capitalize() for d in _SHORT_WEEKDAYS),
        "TODAY",
        "end",
        *in_both_cases(["a", "an", "early", "mid", "that"]),
        *in_both_cases([w for words in _FOLLOWED.values() for w in words]),
    )
    for word in _FIRST_WORD.findall(written)
)


def beginnings(text: str, words: WordPlaces) -> list[int]:
    """Where dates may begin in a text, in order."""
    found: list[int] = []
    for start in words.places_of(_BEGINNINGS):
        if start and text[start - 1] in _APOSTROPHES and text[start].isdigit():
            found.append(start - 1)
        if _BEGIN.match(text, start):
            found.append(start)
    return found
