"""Where a text states a date, and its normal form: the grammar, before any reference date.

Belongs here: the words of dates. Does not belong here: which days a form means (`text.calendar`),
direction in time and resolution (`dates`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from summit_pipeline.lexicons import load_toml
from summit_pipeline.text.numbers import words_value
from summit_pipeline.text.patterns import by_first_letter, in_both_cases

_LEXICON = load_toml("calendar.toml")
_MONTHS: dict[str, int] = _LEXICON["months"]
_WEEKDAYS: dict[str, str] = _LEXICON["weekdays"]
_SEASONS: dict[str, str] = _LEXICON["seasons"]
_ORDINALS: dict[str, int] = _LEXICON["ordinals"]
_CENTURIES: dict[str, int] = _LEXICON["century_ordinals"]
_AMBIGUOUS_MONTHS = frozenset(_LEXICON["words"]["ambiguous"])


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Words of a date and their normal form; `needs_direction` forms are past or future by context."""

    start: int
    end: int
    expression: str
    rule: str
    needs_direction: bool = False


_FULL_MONTHS = "|".join(
    m.capitalize() for m in _MONTHS if len(m) > 4 or m in ("may", "june", "july")
)
_MONTH = rf"(?:{_FULL_MONTHS}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%]|[.,:]\d|[-–]\d{3})"
_YEAR = r"(?:1[5-9]|20|21)\d\d(?!\d|[.,]\d|[-–]?[a-z]|%)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WEEKDAY_SHORT = r"(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.?"
_PART_OF_DAY = r"(?:\s(?:morning|afternoon|evening|night|lunchtime|midday))?"
_PERIOD = r"week|weekend|month|quarter|year|decade|century"
_COUNT = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
_COUNT_AGO = r"(?:\d{1,3}|[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve|[Ff]ifteen|[Ee]ighteen|[Tt]wenty|[Tt]hirty|[Ff]orty|[Ff]ifty|[Ss]ixty)"
_EDGE = r"(?:(?:[Ee]arly|[Ll]ate|[Mm]id|[Ll]ater|[Ee]arlier)(?:\s(?:in\s)?|-))?"
_RELATIVE_YEAR = r"(?:(?:last|this|next)\syear)"

_DATE = re.compile(
    rf"(?P<iso>(?<![\w/.-])(?P<iso_y>(?:19|20)\d\d)-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)(?![\w-]))"
    rf"|(?P<mdy>\b(?:(?:{_WEEKDAY}|{_WEEKDAY_SHORT}),?\s)?(?P<mdy_m>{_MONTH})\s(?P<mdy_d>{_DAY})(?:(?:,\s|,|\s)(?P<mdy_y>{_YEAR}))?)"
    rf"|(?P<dmy>\b(?:(?:{_WEEKDAY}|{_WEEKDAY_SHORT}),?\s)?(?:the\s)?(?P<dmy_d>{_DAY})\s(?:of\s)?(?P<dmy_m>{_MONTH})(?:,?\s(?P<dmy_y>{_YEAR}))?(?!\w))"
    rf"|(?P<my>{_EDGE}\b(?P<my_m>{_MONTH}),?\s(?:of\s|in\s)?(?P<my_y>{_YEAR}))"
    rf"|(?P<m_rel>\b(?P<m_rel_m>{_MONTH})\s(?:of\s)?(?P<m_rel_r>last|this|next)\syear\b)"
    rf"|(?P<quarter>\b(?:[Tt]he\s)?(?:(?P<q_word>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|final|1st|2nd|3rd|4th)[\s-]quarter|Q(?P<q_digit>[1-4]))\b"
    rf"(?:\s(?:of\s|in\s)?(?:(?P<q_y>{_YEAR})|(?P<q_r>{_RELATIVE_YEAR})))?)"
    rf"|(?P<half>\b(?:[Tt]he\s)?(?P<h_word>first|second)\shalf\sof\s(?:(?P<h_y>{_YEAR})|(?P<h_r>{_RELATIVE_YEAR})))"
    rf"|(?P<last_n>\b(?:[Tt]he\s)?(?P<ln_r>last|past|previous|next|coming)\s(?P<ln_n>{_COUNT}|few|couple\sof|several)\s(?:or\sso\s)?(?P<ln_u>day|week|month|year|decade)s\b)"
    rf"|(?P<ago>\b(?P<ago_n>{_COUNT_AGO})\s(?P<ago_u>day|week|month|year|decade)s?\s(?P<ago_w>ago|from\snow)\b)"
    rf"|(?P<rel>{_EDGE}\b(?:(?:[Tt]he\s)?end\sof\s)?(?P<rel_r>[Ll]ast|[Tt]his|[Nn]ext|[Cc]oming|[Ss]ubsequent|[Ff]ollowing|[Pp]revious|[Pp]ast)\s"
    rf"(?:(?P<rel_u>{_PERIOD})\b|(?P<rel_w>{_WEEKDAY})\b{_PART_OF_DAY}|(?P<rel_m>{_FULL_MONTHS})\b|(?P<rel_s>spring|summer|autumn|fall|winter)\b"
    rf"|(?P<rel_p>morning|afternoon|evening|night)\b))"
    rf"|(?P<day_word>\b(?:[Ee]arlier\s|[Ll]ater\s|[Ee]arly\s|[Ll]ate\s)?(?P<dw>[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight|TODAY)\b(?!['’]s\s[A-Z])(?:\s(?:morning|afternoon|evening|night))?)"
    rf"|(?P<weekday>\b(?P<wd>{_WEEKDAY})\b{_PART_OF_DAY})"
    r"|(?P<same_day>\b(?:[Tt]he\s(?:same\s)?|[Tt]hat\s)day\b(?!-|\s(?:that|when|he|she|they|it|after|before|of|I|we|the|you)\b))"
    rf"|(?P<season_year>{_EDGE}\b(?P<sy_s>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\s(?:of\s)?(?P<sy_y>{_YEAR}))"
    rf"|(?P<season_rel>\b(?P<sr_s>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)\s(?:of\s)?(?P<sr_r>last|this|next)\syear\b)"
    rf"|(?P<decade>\b(?:[Tt]he\s)?{_EDGE}(?P<dec>(?:1[5-9]|20)\d0)['’]?s\b)"
    rf"|(?P<short_decade>(?:\b[Tt]he\s|(?<=0s\sand\s)){_EDGE}['’‘]?(?P<sdec>[2-9]0)['’]?s\b)"
    rf"|(?P<century>\b(?:[Tt]he\s)?{_EDGE}(?:(?P<cen_n>\d\d)(?:st|nd|rd|th)|(?P<cen_w>{'|'.join(_CENTURIES)}))[\s-][Cc]entury\b)"
    rf"|(?P<years>(?<![\w$£€.,/:#-])(?P<ys_a>(?:1[89]|20)\d\d)(?:[-–/]|\s[-–]\s(?=\d{{4}}))(?P<ys_b>(?:(?:1[89]|20)\d\d|\d\d))(?![\d\w%-]|[.,/]\d))"
    rf"|(?P<month>{_EDGE}\b(?P<mon>{_FULL_MONTHS})\b(?![-’'](?!s)))"
    rf"|(?P<short_year>(?:(?<=\s)|^)['’](?P<shy>[4-9]\d)\b(?!s))"
    rf"|(?P<year>{_EDGE}(?<![\w$£€¥.,/:#&@+=~-])(?P<y>{_YEAR})(?![\w/:=]|-\d))"
)  # fmt: skip

# Where a date may begin: literal beginnings without look-behind, so that the search skips ahead by
# first letters (about ten times as fast as searching for the whole grammar). Word boundaries to the
# left are tested afterwards.
_AGO_WORDS = ["an?", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen", "eighteen", "twenty", "thirty", "forty", "fifty", "sixty"]
_BEGIN = re.compile(
    r"\d|[’'](?=\d)|"
    + by_first_letter(
        [
            *["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "TODAY"],
            r"Q(?=[1-4])",
            r"end\sof\s(?=last|this|next)",
            *in_both_cases(
                [
                    "today", "yesterday", "tomorrow", "tonight", r"last\s", r"this\s", r"next\s",
                    r"coming\s", r"past\s", r"subsequent\s", r"following\s", r"previous\s",
                    r"earl(?:y|ier)\s", r"later?\s", "mid-",
                    r"the\s(?=early|late|mid|first\s|second\s|third\s|fourth\s|[1-4](?:st|nd|rd|th)\s"
                    r"|final\s|last\s|past\s|previous\s|next\s|coming\s|following\s|subsequent\s"
                    r"|same\sday|end\sof\s|[’'‘]?\d|sixteenth|seventeenth|eighteenth|nineteenth|twent|day\b)",
                    r"that\sday\b",
                    r"first[\s-](?=quarter|half\sof)", r"second[\s-](?=quarter|half\sof)",
                    r"third[\s-]quarter", r"fourth[\s-]quarter", r"final[\s-]quarter",
                    *[rf"{s}\s(?=of\s|last|this|next|\d)" for s in ("spring", "summer", "autumn", "fall", "winter")],
                    *[rf"{w}\s(?=(?:day|week|month|year|decade)s?\s(?:ago|from\snow))" for w in _AGO_WORDS],
                    *[rf"{c}[\s-](?=[Cc]entury)" for c in _CENTURIES],
                ]
            ),
        ]
    )
)  # fmt: skip
_PREPOSITION = re.compile(
    r"\b(?:in|since|until|till|by|from|to|of|through|between|and|before|after|during|for|last|next|this|early|late|mid|around|on|each|every|end|through|or|as\sof)[\s-]$",
    re.IGNORECASE,
)
_NAME_NEXT = re.compile(r"\s[A-Z][a-z]|[’']s\s|\s\(|-[A-Z]")
_COUNTED_NEXT = re.compile(
    r"\s(?:[a-z]+\s)?(?:people|respondents|protesters|migrants|refugees|members|years|men|women|children|jobs|workers|employees|troops|soldiers|homes|dollars|euros|pounds|points|deaths|cases|miles|km|kilometers|kilometres|feet|metres|meters|acres|tons|tonnes|calories|seats|volunteers|students|households|customers|stores|units|square|sq|cc|rpm|mph|watts|bc|b\.c)\b",
    re.IGNORECASE,
)
_YEAR_CUE = re.compile(
    r"\b(?:in|since|until|till|by|from|to|of|through|between|and|before|after|during|for|early|late|mid|around|the|year|than|or|until|spring|summer|autumn|fall|winter|january|ending|ended|this|season|over|circa|back|election|—|–)[\s-]$|[(\[]$|,\s$",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"(?:[A-Z][\w’'&.-]*|No\.|#)\s$")
_IDIOM = re.compile(r"\b[Aa]t\sthe\send\sof\s$")
_DAY_OF_REPORT = re.compile(
    r"\b(?:end(?:ed|ing|s)?|finish(?:ed|ing)?|clos(?:e|ed|ing)|start(?:ed|ing)?|beg[au]n|beginning|in|for|rest|part|end|start|hours|close)"
    r"(?:\sof)?\s$"
)
_HEDGE_BEFORE = re.compile(
    r"\b(?:about|than|nearly|almost|over|some|least|around|approximately|roughly|to)\s$",
    re.IGNORECASE,
)
_PERSONAL_DECADE = re.compile(r"\b(?:his|her|their|mid|early|late)\s$", re.IGNORECASE)


def has_date(text: str, start: int, end: int) -> bool:
    """The cheap test before the grammar: whether a stretch may state a date."""
    return _BEGIN.search(text, start, end) is not None


def date_spans(text: str, start: int, end: int) -> list[DateSpan]:
    """All dates of a stretch (a sentence), in order, not overlapping."""
    found = []
    at = start
    while begin := _BEGIN.search(text, at, end):
        first = begin.start()
        at = first + 1
        if first > start and text[first - 1].isalnum():
            continue
        match = _DATE.match(text, first, end)
        span = _read(text, match) if match else None
        if span is not None:
            found.append(span)
            at = span.end
    return found


def _read(text: str, match: re.Match[str]) -> DateSpan | None:
    for group, reader in _READERS.items():
        if match[group] is not None:
            return reader(text, match)
    return None


def _span(
    match: re.Match[str],
    expression: str,
    rule: str,
    *,
    directed: bool = False,
    start: int | None = None,
) -> DateSpan:
    return DateSpan(
        match.start() if start is None else start, match.end(), expression, rule, directed
    )


def _month_number(name: str) -> int:
    return _MONTHS[name.lower().rstrip(".")]


def _day_number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _read_iso(text: str, match: re.Match[str]) -> DateSpan | None:
    return _span(match, f"day:{match['iso_y']}-{match['iso_m']}-{match['iso_d']}", "date_iso")


def _read_month_day(text: str, match: re.Match[str]) -> DateSpan | None:
    order = "mdy" if match["mdy"] is not None else "dmy"
    month, day = _month_number(match[f"{order}_m"]), _day_number(match[f"{order}_d"])
    year = match[f"{order}_y"]
    if year:
        return _span(match, f"day:{year}-{month:02d}-{day:02d}", "date_full")
    # "May 20 years" and "10 March protesters" are no days; "March 15 people" neither.
    if order == "mdy" and _COUNTED_NEXT.match(text, match.end()):
        return None
    return _span(match, f"month-day:{month:02d}-{day:02d}", "date_month_day", directed=True)


def _read_month_year(text: str, match: re.Match[str]) -> DateSpan | None:
    return _span(
        match, f"month:{match['my_y']}-{_month_number(match['my_m']):02d}", "date_month_year"
    )


def _read_month_of_year(text: str, match: re.Match[str]) -> DateSpan | None:
    inner = f"month:{_month_number(match['m_rel_m']):02d}"
    return _span(match, f"{inner}|{match['m_rel_r'].lower()}:year", "date_month_relative")


def _read_quarter(text: str, match: re.Match[str]) -> DateSpan | None:
    number = int(match["q_digit"]) if match["q_digit"] else _ORDINALS[match["q_word"].lower()]
    if match["q_y"]:
        return _span(match, f"quarter:{match['q_y']}-Q{number}", "date_quarter")
    if match["q_r"]:
        return _span(
            match, f"quarter:{number}|{match['q_r'].split()[0].lower()}:year", "date_quarter"
        )
    return _span(match, f"quarter:{number}", "date_quarter_alone", directed=True)


def _read_half(text: str, match: re.Match[str]) -> DateSpan | None:
    number = 1 if match["h_word"] == "first" else 2
    if match["h_y"]:
        return _span(match, f"half:{match['h_y']}-H{number}", "date_half")
    return _span(match, f"half:{number}|{match['h_r'].split()[0].lower()}:year", "date_half")


_STEPS = {
    "last": "last", "past": "last", "previous": "last", "this": "this", "next": "next", "coming": "next",
    "subsequent": "next", "following": "next",
}  # fmt: skip


def _count(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    return 1 if text.lower() in ("a", "an") else int(words_value(text)[0]) or None


def _read_last_n(text: str, match: re.Match[str]) -> DateSpan | None:
    count = _count(match["ln_n"]) if match["ln_n"] not in ("few", "couple of", "several") else None
    step = _STEPS[match["ln_r"].lower()]
    if count is None:
        return _span(match, f"{step}:few:{match['ln_u']}", "date_last_n_vague")
    return _span(match, f"{step}:n:{match['ln_u']}:{count}", "date_last_n")


def _read_ago(text: str, match: re.Match[str]) -> DateSpan | None:
    count = _count(match["ago_n"])
    if count is None:
        return None
    sign = "-" if match["ago_w"] == "ago" else ""
    return _span(match, f"offset:{match['ago_u']}:{sign}{count}", "date_ago")


def _read_relative(text: str, match: re.Match[str]) -> DateSpan | None:
    word = match["rel_r"].lower()
    step = _STEPS[word]
    after_the = text[max(0, match.start("rel_r") - 4) : match.start("rel_r")].lower() == "the "
    anaphoric = word in ("following", "subsequent", "previous", "past", "next") and after_the
    if match["rel_u"]:
        unit = match["rel_u"]
        if (anaphoric and word != "past" and word != "next") or (
            word in ("previous", "following") and not after_the
        ):
            return _span(match, f"{word}:{unit}", "date_anaphoric")
        if word == "past":
            return _span(match, f"last:n:{unit}:1", "date_last_n") if unit != "weekend" else None
        return _span(match, f"{step}:{unit}", "date_relative")
    if word not in ("last", "this", "next", "coming", "past"):
        return None
    if match["rel_w"]:
        return _span(match, f"{step}:{_WEEKDAYS[match['rel_w'].lower()]}", "date_relative_weekday")
    if match["rel_m"]:
        number = _month_number(match["rel_m"])
        return _span(match, f"month:{number:02d}@{step}", "date_relative_month")
    if match["rel_s"]:
        return _span(
            match, f"season:{_SEASONS[match['rel_s'].lower()]}@{step}", "date_relative_season"
        )
    if step == "next":
        return None
    days = -1 if step == "last" else 0
    if days and match["rel_p"] != "night":
        return None
    return _span(match, f"offset:day:{days}", "date_day_word")


def _read_day_word(text: str, match: re.Match[str]) -> DateSpan | None:
    offset = {"yesterday": -1, "tomorrow": 1}.get(match["dw"].lower(), 0)
    if match["dw"] == "Today" and re.match(
        r"\s(?:show|programme|program)\b", text[match.end() : match.end() + 12]
    ):
        return None
    if text[match.start() - 4 : match.start()] == "USA ":
        return None
    return _span(match, f"offset:day:{offset}", "date_day_word")


def _read_weekday(text: str, match: re.Match[str]) -> DateSpan | None:
    before = text[max(0, match.start() - 8) : match.start()]
    if re.search(r"\b(?:Black|Super|Good|Ash|Cyber|Palm|Easter|Bloody|Holy)\s$", before):
        return None
    return _span(match, f"weekday:{_WEEKDAYS[match['wd'].lower()]}", "date_weekday", directed=True)


def _read_same_day(text: str, match: re.Match[str]) -> DateSpan | None:
    """ "The day" of trading and other reports of one day; "the day" alone may be any."""
    words = match["same_day"].lower()
    if _IDIOM.search(text, max(0, match.start() - 14), match.start()):
        return None
    if words == "the day" and not _DAY_OF_REPORT.search(
        text, max(0, match.start() - 20), match.start()
    ):
        return None
    return _span(match, "same:day", "date_same_day")


def _read_season(text: str, match: re.Match[str]) -> DateSpan | None:
    if match["season_year"] is not None:
        season = _SEASONS[match["sy_s"].lower()]
        return _span(match, f"season:{match['sy_y']}-{season}", "date_season")
    season = _SEASONS[match["sr_s"].lower()]
    return _span(match, f"season:{season}|{match['sr_r']}:year", "date_season")


def _read_decade(text: str, match: re.Match[str]) -> DateSpan | None:
    if match["decade"] is not None:
        return _span(match, f"decade:{match['dec']}", "date_decade")
    return _span(match, f"decade:19{match['sdec']}", "date_decade_short")


def _read_century(text: str, match: re.Match[str]) -> DateSpan | None:
    number = int(match["cen_n"]) if match["cen_n"] else _CENTURIES[match["cen_w"].lower()]
    return _span(match, f"century:{number}", "date_century")


def _read_years(text: str, match: re.Match[str]) -> DateSpan | None:
    first = int(match["ys_a"])
    last = int(match["ys_b"])
    if last < 100:
        last += first - first % 100
    if not first < last <= first + 60:
        return None
    return _span(match, f"years:{first}/{last + 1}", "date_years")


def _read_month(text: str, match: re.Match[str]) -> DateSpan | None:
    name = match["mon"].lower()
    before = text[max(0, match.start("mon") - 10) : match.start("mon")]
    if name in _AMBIGUOUS_MONTHS and not _PREPOSITION.search(before):
        return None
    if text.startswith(" day", match.end()):
        return None
    if _NAME_NEXT.match(text, match.end()) and not _PREPOSITION.search(before):
        return None
    if name in _AMBIGUOUS_MONTHS and re.match(r"\s[A-Z][a-z]", text[match.end() : match.end() + 3]):
        return None
    return _span(match, f"month:{_MONTHS[name]:02d}", "date_month", directed=True)


def _read_year(text: str, match: re.Match[str]) -> DateSpan | None:
    if match["short_year"] is not None:
        return _span(match, f"year:19{match['shy']}", "date_year_short")
    year = int(match["y"])
    before = text[max(0, match.start() - 16) : match.start()]
    if _COUNTED_NEXT.match(text, match.end("y")):
        return None
    if _HEDGE_BEFORE.search(before) and re.match(
        r"\s[a-z]+s\b", text[match.end() : match.end() + 24]
    ):
        return None
    cued = _YEAR_CUE.search(before) is not None
    if not 1900 <= year <= 2099 and not cued:
        return None
    if not cued and _NAME_BEFORE.search(before) and not 1950 <= year <= 2050:
        return None
    return _span(match, f"year:{year}", "date_year" if cued else "date_year_bare")


_READERS: dict[str, Callable[[str, re.Match[str]], DateSpan | None]] = {
    "iso": _read_iso,
    "mdy": _read_month_day,
    "dmy": _read_month_day,
    "my": _read_month_year,
    "m_rel": _read_month_of_year,
    "quarter": _read_quarter,
    "half": _read_half,
    "last_n": _read_last_n,
    "ago": _read_ago,
    "rel": _read_relative,
    "day_word": _read_day_word,
    "weekday": _read_weekday,
    "same_day": _read_same_day,
    "season_year": _read_season,
    "season_rel": _read_season,
    "decade": _read_decade,
    "short_decade": _read_decade,
    "century": _read_century,
    "years": _read_years,
    "month": _read_month,
    "short_year": _read_year,
    "year": _read_year,
}
