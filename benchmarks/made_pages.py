"""Pages of generated articles: four templates with the furniture that real ones carry.

Belongs here: markup around an article. Does not belong here: articles, and what changes in them
(`made_edits`). Lines are as long as those of a page.
"""

import html
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """An article as its author wrote it."""

    title: str
    paragraphs: tuple[str, ...]
    outlet: str
    site: int  # which template and furniture its outlet uses


@dataclass(frozen=True, slots=True)
class Visit:
    """What changes from visit to visit though the article does not."""

    views: int
    comments: int
    minutes: int
    hour: int
    advert: int
    token: int
    related: int


ADVERTS = (
    "Spring sale: garden chairs from $19.99",
    "Subscribe now and get three months for the price of one",
    "Compare 40 car insurers in two minutes",
    "Your own piece of the coast. Book a cottage today!",
    "New: the Vento 4 with free delivery",
)
_TEASERS = ("Storm closes two schools", "Rents rise again", "Choir wins prize", "Bakery reopens")


def _teasers(visit: Visit) -> list[str]:
    return [f"{_TEASERS[(visit.related + n) % len(_TEASERS)]} ({visit.related})" for n in range(3)]


def _paragraphs(article: Article, between: str = "") -> str:
    written = [f"<p>{html.escape(p, quote=False)}</p>" for p in article.paragraphs]
    return "\n".join([*written[:2], between, *written[2:]])


def _named_page(article: Article, visit: Visit) -> str:
    """Elements and classes say what they are."""
    advert = (
        f'<div class="ad-slot" id="ad{visit.advert}"><a href="/x">{ADVERTS[visit.advert]}</a></div>'
    )
    related = "".join(f'<li><a href="/r/{visit.token}">{t}</a></li>' for t in _teasers(visit))
    return f"""<!DOCTYPE html><html><head><title>{html.escape(article.title)} | {article.outlet}</title>
<meta name="csrf" content="{visit.token}"><script>var t={visit.token};</script></head><body>
<header><nav><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a></nav></header>
<main><article><h1>{html.escape(article.title)}</h1>
<div class="byline">By <a href="/a">Mara Quill</a></div>
<time datetime="2025-02-07T{visit.hour:02}:{visit.minutes:02}Z">Updated {visit.minutes} minutes ago</time>
<span class="view-count">{visit.views:,} views</span>
{_paragraphs(article, advert)}
</article><aside class="related"><h2>More stories</h2><ul>{related}</ul></aside></main>
<section class="comments"><h2>{visit.comments} comments</h2></section>
<footer>© 2025 {article.outlet}</footer></body></html>"""


def _plain_page(article: Article, visit: Visit) -> str:
    """Bare divisions without a telling name."""
    return f"""<html><head><title>{html.escape(article.title)}</title></head><body>
<div id="a1"><a href="/">{article.outlet}</a> <a href="/w">Weather {visit.minutes}°C</a></div>
<div id="c7"><h1>{html.escape(article.title)}</h1>
<p>Last updated: {visit.hour:02}:{visit.minutes:02}</p>
<p>Views: {visit.views}</p>
{_paragraphs(article, f"<p>Advertisement</p><div><a href='/o?{visit.token}'>{ADVERTS[visit.advert]}</a></div>")}
<p>Comments ({visit.comments})</p></div>
<div id="z9">{" ".join(f'<a href="/{visit.token}/{n}">{t}</a>' for n, t in enumerate(_teasers(visit)))}</div>
</body></html>"""


def _blog_page(article: Article, visit: Visit) -> str:
    """A weblog's template: counts and share buttons around and within the entry."""
    return f"""<html lang="en"><head><title>{html.escape(article.title)} – {article.outlet}</title>
<link rel="stylesheet" href="/s.css?v={visit.token}"></head><body class="post-{visit.token % 99}">
<div class="site-header"><h2>{article.outlet}</h2></div>
<div class="entry"><h1 class="entry-title">{html.escape(article.title)}</h1>
<div class="entry-meta">Posted on 7 February 2025 · {visit.comments} Comments · 3 min read ·
{visit.views} people are reading this</div>
<div class="entry-content">{_paragraphs(article)}
<div class="sharedaddy">Share this: <a href="#">Facebook {visit.comments}</a> <a href="#">X</a></div></div>
<div class="post-nav"><a href="/p/{visit.related}">Previous: {_teasers(visit)[0]}</a></div></div>
<div id="sidebar"><h3>Most read</h3><ol>{"".join(f"<li>{t}</li>" for t in _teasers(visit))}</ol>
<img src="/pixel?{visit.token}" alt=""></div></body></html>"""


def _paper_page(article: Article, visit: Visit) -> str:
    """A newspaper's page with structured data, a ticker and promotions between paragraphs."""
    promotion = (
        f'<aside class="promo" data-k="{visit.token}"><p>{ADVERTS[visit.advert]}</p></aside>'
    )
    return f"""<!doctype html><html><head><meta property="og:title" content="{html.escape(article.title)}">
<meta property="article:modified_time" content="2025-02-07T{visit.hour:02}:00:00Z">
<script type="application/ld+json">{{"@type":"NewsArticle","commentCount":{visit.comments}}}</script>
<title>{html.escape(article.title)}</title></head><body><div class="ticker">Index 7,{visit.minutes}
+0.{visit.hour}%</div><div class="page"><div class="headline"><h1>{html.escape(article.title)}</h1></div>
<p class="timestamp">7 Feb 2025, {visit.hour:02}:{visit.minutes:02} GMT | {visit.views} reads</p>
<div class="story-body" data-session="{visit.token}">{_paragraphs(article, promotion)}</div>
<div class="share-bar"><span>{visit.comments}</span> shares</div>
<ul class="read-next">{"".join(f'<li><a href="/n">{t}</a></li>' for t in _teasers(visit))}</ul></div>
<div class="newsletter">Join {visit.views} readers of our newsletter</div></body></html>"""


TEMPLATES: tuple[Callable[[Article, Visit], str], ...] = (
    _named_page,
    _plain_page,
    _blog_page,
    _paper_page,
)
