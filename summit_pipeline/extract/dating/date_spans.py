"""Where a text states a date, and its normal form: the grammar, before any reference date.

Belongs here: the words of dates. Does not belong here: which days a form means (`text.calendar`),
direction in time and resolution (`dates`).
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summit_pipeline.extract.dating.date_grammar import NUMBER_WORDS, beginnings, date_at
from summit_pipeline.lexicons import load_toml
from summit_pipeline.text.numbers import words_value
from summit_pipeline.text.word_places import WordPlaces
from summit_pipeline.vocabulary import Sentence

_LEXICON = load_toml("calendar.toml")
_MONTHS: dict[str, int] = _LEXICON["months"]
_WEEKDAYS: dict[str, str] = _LEXICON["weekdays"]
_SEASONS: dict[str, str] = _LEXICON["seasons"]
_ORDINALS: dict[str, int] = _LEXICON["ordinals"]
_CENTURIES: dict[str, int] = _LEXICON["century_ordinals"]
_AMBIGUOUS_MONTHS = frozenset(_LEXICON["words"]["ambiguous"])


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Words of a date and their normal form; context gives a direction to those that need one."""

    start: int
    end: int
    expression: str
    rule: str
    needs_direction: bool = False


def _words_before(words: list[str], closing: str) -> re.Pattern[str]:
    """A pattern of text that ends with one of the words."""
    return re.compile(rf"\b(?:{'|'.join(words)}){closing}", re.IGNORECASE)


_CONTEXT = _LEXICON["context"]
_PREPOSITION = _words_before(_CONTEXT["month_prepositions"], r"[\s-]$")
_NAME_NEXT = re.compile(r"\s[A-Z][a-z]|[’']s\s|\s\(|-[A-Z]")
_COUNTED_NEXT = re.compile(
    rf"\s(?:[a-z]+\s)?(?:{'|'.join(_CONTEXT['counted_after_year'])})\b", re.IGNORECASE
)
_YEAR_CUE = _words_before(_CONTEXT["year_cues"], r"[\s-]$|[—–]\s$|[(\[]$|,\s$")
_NAME_BEFORE = re.compile(r"(?:[A-Z][\w’'&.-]*|No\.|#)\s$")
_WORD_BEFORE = re.compile(r"([\w%]+)[\s-]$")
_NOT_BEFORE_UNITS = frozenset(_CONTEXT["not_before_bare_units"]) | NUMBER_WORDS
_IDIOM = re.compile(r"\b[Aa]t\sthe\send\sof\s$")
_DAY_OF_REPORT = _words_before(_CONTEXT["report_day"], r"(?:\sof)?\s$")
_HEDGE_BEFORE = _words_before(_CONTEXT["hedges"], r"\s$")


def spans_by_sentence(
    text: str, sentences: Sequence[Sentence], words: WordPlaces
) -> list[list[DateSpan]]:
    """The dates of each sentence, in order, not overlapping; `words` are the whole text's."""
    begins = beginnings(text, words)
    return [_spans_from(text, begins, s.clean_start, s.clean_end) for s in sentences]


def _spans_from(text: str, begins: Sequence[int], start: int, end: int) -> list[DateSpan]:
    """The dates of `text[start:end]`, which can begin at some of the places `begins`."""
    found: list[DateSpan] = []
    at = start
    for number in range(bisect_left(begins, start), bisect_left(begins, end)):
        first = begins[number]
        if first < at or (first > start and text[first - 1].isalnum()):
            continue
        match = date_at(text, first, end)
        span = _READERS[match.lastgroup or ""](text, match) if match else None
        if span is not None:
            found.append(span)
            at = span.end
    return found


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
    order = match.lastgroup
    month, day = _month_number(match[f"{order}_m"]), _day_number(match[f"{order}_d"])
    year = match[f"{order}_y"]
    last = match["mdy_d2"] if order == "mdy" else None
    if order == "dmy" and match["dmy_d1"]:
        day, last = int(match["dmy_d1"]), str(day)
    if last and int(last) > day:
        form = f"days:{year + '-' if year else ''}{month:02d}-{day:02d}/{int(last):02d}"
        return _span(match, form, "date_days", directed=not year)
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
    "last": "last", "past": "last", "previous": "last", "this": "this",
    "next": "next", "coming": "next", "subsequent": "next", "following": "next",
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


def _read_off_event(text: str, match: re.Match[str]) -> DateSpan | None:
    """“Days before taking office”: a moment told from an event; counted units are durations."""
    before = _WORD_BEFORE.search(text, max(0, match.start() - 16), match.start())
    if before and (before[1][-1].isdigit() or before[1].lower() in _NOT_BEFORE_UNITS):
        return None
    sign = "-" if match["oe_before"] else ""
    event = "-".join(match["oe_event"].lower().split())
    form = f"offset:{match['oe_u'].lower()}:{sign}n|event:{event}"
    return _span(match, form, "date_off_event")


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


def _read_two_days(text: str, match: re.Match[str]) -> DateSpan | None:
    return _span(match, f"offset:day:{2 if match['td_after'] else -2}", "date_day_word")


def _read_fourth(text: str, match: re.Match[str]) -> DateSpan | None:
    return _span(match, "month-day:07-04", "date_month_day", directed=True)


def _read_weekday(text: str, match: re.Match[str]) -> DateSpan | None:
    before = text[max(0, match.start() - 8) : match.start()]
    if re.search(r"\b(?:Black|Super|Good|Ash|Cyber|Palm|Easter|Bloody|Holy)\s$", before):
        return None
    return _span(match, f"weekday:{_WEEKDAYS[match['wd'].lower()]}", "date_weekday", directed=True)


def _read_weekend(text: str, match: re.Match[str]) -> DateSpan | None:
    """“Over the weekend”: the one that began last, or is to come."""
    return _span(match, "weekend:sat", "date_weekend", directed=True)


def _read_same_day(text: str, match: re.Match[str]) -> DateSpan | None:
    """“The day” of trading and other reports of one day; "the day" alone may be any."""
    words = match["same_day"].lower()
    if _IDIOM.search(text, max(0, match.start() - 14), match.start()):
        return None
    if words == "the day" and not _DAY_OF_REPORT.search(
        text, max(0, match.start() - 20), match.start()
    ):
        return None
    return _span(match, "same:day", "date_same_day")


def _read_season(text: str, match: re.Match[str]) -> DateSpan | None:
    if match.lastgroup == "season_year":
        season = _SEASONS[match["sy_s"].lower()]
        return _span(match, f"season:{match['sy_y']}-{season}", "date_season")
    season = _SEASONS[match["sr_s"].lower()]
    return _span(match, f"season:{season}|{match['sr_r']}:year", "date_season")


def _read_decade(text: str, match: re.Match[str]) -> DateSpan | None:
    if match.lastgroup == "decade":
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
    if match.lastgroup == "short_year":
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
    "off_event": _read_off_event,
    "rel": _read_relative,
    "fourth": _read_fourth,
    "two_days": _read_two_days,
    "day_word": _read_day_word,
    "weekday": _read_weekday,
    "weekend": _read_weekend,
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
