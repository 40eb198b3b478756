"""Generated articles and what may happen to them between two fetches: edits, and mere noise.

All prose is made here from word lists, seeded by a number, so the cases are the same everywhere and
nobody's text is used. Belongs here: articles, the forms in which they are delivered, what changes.
Does not belong here: what is measured (`edits`).
"""

import html
import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from benchmarks.made_pages import ADVERTS, TEMPLATES, Article, Visit

Form = Literal["text", "feed", "page"]

_PLACES = ("Ashford", "Brindle", "Corvale", "Dunmere", "Eastholm", "Farrow", "Grantley", "Hollin")
_FIRST = ("Anna", "Bashir", "Clara", "Dinesh", "Elena", "Femi", "Grace", "Henrik", "Ines", "Jonas")
_LAST = ("Alder", "Bhatt", "Cole", "Duarte", "Eze", "Fisk", "Gomez", "Hale", "Ivers", "Jansen")
_BODIES = ("council", "ministry", "port authority", "hospital trust", "school board", "regulator")
_THINGS = ("bridge", "ferry line", "clinic", "flood wall", "tram depot", "wind farm", "library")
_SAYS = ("said", "told reporters", "wrote in a letter", "confirmed")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_VERBS = ("approved", "rejected", "postponed", "backed", "questioned")
_NOUNS = ("plan", "budget", "tender", "survey", "contract", "petition")
_QUOTES = (
    "We can’t wait another winter for this",
    "Nobody asked the people who live here",
    "The figures were checked twice by our engineers",
    "It is the right decision at the right time",
    "There is simply no money left for promises",
)
_TAILS = (
    "after a debate of four hours",
    "despite warnings from its own accountants",
    "which had been expected since the spring",
    "as residents watched from the gallery",
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a source hands over."""

    form: Form
    title: str | None
    body: bytes
    media_type: Literal["text/plain", "text/html"]
    published: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """Two deliveries of one document, and whether the second is a new version."""

    name: str
    before: Delivery
    after: Delivery
    is_new_version: bool


def made_cases(number: int, seed: int = 2025) -> list[Case]:
    """That many cases: every change in every form that it can happen in, by turns."""
    chooser = random.Random(seed)
    forms: tuple[Form, ...] = ("text", "feed", "page")
    kinds: list[tuple[Form, str, bool]] = [(f, name, True) for f in forms for name in EDITS]
    kinds += [(f, name, False) for name, forms in NOISE_FORMS.items() for f in forms]
    cases = []
    for turn in range(number):
        form, name, is_edit = kinds[turn % len(kinds)]
        article, visit = made_article(chooser), made_visit(chooser)
        before = deliver(article, visit, form)
        if is_edit:
            after = deliver(EDITS[name](article, chooser), visit, form)
        else:
            after = NOISE[name](article, visit, form, chooser)
        cases.append(Case(f"{form}: {name}", before, after, is_edit))
    return cases


def made_article(chooser: random.Random) -> Article:
    """An article of four to nine paragraphs."""
    place, thing = chooser.choice(_PLACES), chooser.choice(_THINGS)
    body, verb = chooser.choice(_BODIES), chooser.choice(_VERBS)
    amount, year = chooser.randint(12, 980), chooser.randint(2026, 2039)
    title = f"{place} {body} {verb} ${amount} million {thing}"
    paragraphs = [
        f"The {place} {body} {verb} a {thing} worth ${amount} million on {chooser.choice(_DAYS)}, "
        f"{chooser.choice(_TAILS)}."
    ]
    for _ in range(chooser.randint(3, 8)):
        paragraphs.append(_paragraph(chooser, place, thing, year))
    return Article(title, tuple(paragraphs), f"{place} Courier", chooser.randrange(4))


def _paragraph(chooser: random.Random, place: str, thing: str, year: int) -> str:
    name = f"{chooser.choice(_FIRST)} {chooser.choice(_LAST)}"
    said = chooser.choice(_SAYS)
    patterns = (
        f"“{chooser.choice(_QUOTES)},” {name} {said} on {chooser.choice(_DAYS)}. The "
        f"{chooser.choice(_NOUNS)} now goes to the {chooser.choice(_BODIES)}, where a vote is due.",
        f"About {chooser.randint(20, 900)} people work at the site, {chooser.randint(2, 60)} % "
        f"more than a year ago, according to {name} of the {chooser.choice(_BODIES)}.",
        f"{name}, who lives near the {thing}, {said} that the {chooser.choice(_NOUNS)} had cost "
        f"{place} {chooser.randint(2, 40)} jobs and would not be finished before {year}.",
        f"A {chooser.choice(_NOUNS)} published in {year - 20} had put the price at "
        f"£{chooser.randint(3, 90)}m; it has risen {chooser.randint(2, 9)} times since then, "
        f"{name} {said}.",
    )
    return chooser.choice(patterns)


def made_visit(chooser: random.Random) -> Visit:
    """A moment at which somebody looks at the article."""
    return Visit(
        views=chooser.randint(100, 99_999),
        comments=chooser.randint(2, 400),
        minutes=chooser.randint(2, 55),
        hour=chooser.randint(0, 23),
        advert=chooser.randrange(len(ADVERTS)),
        token=chooser.getrandbits(60),
        related=chooser.randrange(1_000),
    )


# --- edits: something else is said ---------------------------------------------------------------


def _in_paragraph(article: Article, index: int, changed: str) -> Article:
    paragraphs = list(article.paragraphs)
    paragraphs[index] = changed
    return replace(article, paragraphs=tuple(paragraphs))


def _swap(article: Article, chooser: random.Random, words: tuple[str, ...]) -> Article:
    """Replace the first of these words that the article holds by another one of them."""
    for index, text in enumerate(article.paragraphs):
        for word in words:
            if word in text:
                other = chooser.choice([w for w in words if w != word])
                return _in_paragraph(article, index, text.replace(word, other, 1))
    return _in_paragraph(
        article, 0, article.paragraphs[0] + f" It lies in {chooser.choice(words)}."
    )


def _number(article: Article, chooser: random.Random) -> Article:
    text = article.paragraphs[0]
    start = text.index("$") + 1
    figure = text[start:].split()[0]
    return _in_paragraph(article, 0, text.replace(figure, str(int(figure) + 1), 1))


def _quotation(article: Article, chooser: random.Random) -> Article:
    old, new = chooser.choice(
        (("winter", "summer"), ("people", "families"), ("twice", "once"), ("right", "wrong"))
    )
    for index, text in enumerate(article.paragraphs):
        if "“" in text and old in text:
            return _in_paragraph(article, index, text.replace(old, new, 1))
    quoted = f"“{chooser.choice(_QUOTES)},” a spokesman said."
    return replace(article, paragraphs=(*article.paragraphs, quoted))


def _added(article: Article, chooser: random.Random) -> Article:
    sentence = f" {chooser.choice(_LAST)} did not answer a request to comment."
    last = len(article.paragraphs) - 1
    return _in_paragraph(article, last, article.paragraphs[last] + sentence)


def _removed(article: Article, chooser: random.Random) -> Article:
    return replace(article, paragraphs=article.paragraphs[:-1])


def _denied(article: Article, chooser: random.Random) -> Article:
    text = article.paragraphs[0]
    return _in_paragraph(article, 0, text.replace(" worth ", " not worth ", 1))


def _retitled(article: Article, chooser: random.Random) -> Article:
    return replace(article, title=f"{article.title}, and {chooser.choice(_PLACES)} objects")


def _correction(article: Article, chooser: random.Random) -> Article:
    note = f"Correction: an earlier version named {chooser.choice(_LAST)} as the contractor."
    return replace(article, paragraphs=(*article.paragraphs, note))


EDITS: dict[str, Callable[[Article, random.Random], Article]] = {
    "number": _number,
    "name": lambda a, c: _swap(a, c, _LAST),
    "word": lambda a, c: _swap(a, c, _NOUNS),
    "day": lambda a, c: _swap(a, c, _DAYS),
    "quotation": _quotation,
    "sentence added": _added,
    "paragraph removed": _removed,
    "denial": _denied,
    "title": _retitled,
    "correction": _correction,
}


# --- forms: how an article is delivered -----------------------------------------------------------


def deliver(article: Article, visit: Visit, form: Form) -> Delivery:
    """The article as a source delivers it at a visit."""
    published = f"2025-02-07T{visit.hour:02}:00:00Z"
    if form == "text":
        body = "\n\n".join((article.title, *article.paragraphs))
        return Delivery(form, None, body.encode(), "text/plain", None)
    if form == "feed":
        body = "".join(f"<p>{html.escape(p, quote=False)}</p>\n" for p in article.paragraphs)
        return Delivery(form, article.title, body.encode(), "text/html", published)
    page = TEMPLATES[article.site](article, visit)
    return Delivery(form, None, page.encode(), "text/html", None)


# --- noise: the same is said ----------------------------------------------------------------------

Noise = Callable[[Article, Visit, Form, random.Random], Delivery]


def _rewritten(change: Callable[[str], str]) -> Noise:
    """Noise in the delivered characters."""

    def noise(article: Article, visit: Visit, form: Form, chooser: random.Random) -> Delivery:
        delivery = deliver(article, visit, form)
        title = delivery.title and change(delivery.title)
        return replace(delivery, body=change(delivery.body.decode()).encode(), title=title)

    return noise


def _visited(*fields: str) -> Noise:
    """Noise of another visit in these fields."""

    def noise(article: Article, visit: Visit, form: Form, chooser: random.Random) -> Delivery:
        other = made_visit(chooser)
        changed = {name: getattr(other, name) for name in fields}
        return deliver(article, replace(visit, **changed), form)

    return noise


def _bumped(article: Article, visit: Visit, form: Form, chooser: random.Random) -> Delivery:
    return replace(deliver(article, visit, form), published="2025-02-09T09:00:00Z")


def _encoded(encoding: str) -> Noise:
    def noise(article: Article, visit: Visit, form: Form, chooser: random.Random) -> Delivery:
        delivery = deliver(article, visit, form)
        return replace(delivery, body=delivery.body.decode().encode(encoding))

    return noise


def _entities(text: str) -> str:
    written = text.replace("“", "&ldquo;").replace("”", "&#8221;").replace("’", "&rsquo;")
    return written.replace("£", "&pound;").replace("é", "&eacute;")


def _marked_up(text: str) -> str:
    changed = text.replace("<p>", '<p class="text" data-n="4">').replace(" The ", " <b>The</b> ")
    return changed.replace("<body", '<body data-theme="dark"').replace(
        "people work", "people <i>work</i>"
    )


def _straight(text: str) -> str:
    return text.translate({0x201C: '"', 0x201D: '"', 0x2019: "'"})


NOISE: dict[str, Noise] = {
    "white space": _rewritten(lambda t: t.replace(". ", ".  ").replace("\n", "\n\n ")),
    "line ends": _rewritten(lambda t: t.replace("\n", "\r\n")),
    "non-breaking spaces": _rewritten(lambda t: t.replace(" million", "\xa0million")),
    "Unicode form": _rewritten(lambda t: unicodedata.normalize("NFD", t.replace("Cole", "Colé"))),
    "soft hyphens": _rewritten(lambda t: t.replace("million", "mil\xadlion")),
    "shape of marks": _rewritten(_straight),
    "entities": _rewritten(_entities),
    "markup": _rewritten(_marked_up),
    "UTF-16": _encoded("utf-16"),
    "byte order mark": _encoded("utf-8-sig"),
    "date bumped": _bumped,
    "counters": _visited("views", "comments"),
    "times since": _visited("minutes", "hour"),
    "advertisement": _visited("advert"),
    "session": _visited("token"),
    "links to others": _visited("related"),
    "another visit": _visited(
        "views", "comments", "minutes", "hour", "advert", "token", "related"
    ),
}  # fmt: skip
NOISE_FORMS: dict[str, tuple[Form, ...]] = {
    "white space": ("text", "feed", "page"),
    "line ends": ("text", "feed", "page"),
    "non-breaking spaces": ("text", "feed", "page"),
    "soft hyphens": ("text", "feed", "page"),
    "shape of marks": ("text", "feed", "page"),
    "entities": ("feed", "page"),
    "markup": ("feed", "page"),
    "UTF-16": ("text", "page"),
    "byte order mark": ("text", "page"),
    "date bumped": ("feed",),
    "counters": ("page",),
    "times since": ("page",),
    "advertisement": ("page",),
    "session": ("page",),
    "links to others": ("page",),
    "another visit": ("page",),
}
