"""What an element of an HTML page is for, by its name, its class and its style.

Belongs here: hidden elements, furniture, captions, headings, posts. Does not belong here: which
part of a page is its article (`html_article`): an element that bears a name of furniture and still
holds most of the page's prose is its article.
"""

import re
from typing import Literal

from summit_pipeline.lexicons import load_toml
from summit_pipeline.vocabulary import SentencePart

ElementPart = SentencePart | Literal["byline"]
"""Parts of an article that elements have; a byline is told as debris and not kept."""

_LEXICON = load_toml("page_elements.toml")
_FURNITURE = frozenset(_LEXICON["names"]["furniture"])
_WORDS = _LEXICON["class_words"]
_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
_EDGE = r"(?:^|[\s_-])"
_FURNITURE_NAME = re.compile(
    rf"{_EDGE}(?:{'|'.join(_WORDS['furniture'])})(?=$|[\s_-])|{'|'.join(_WORDS['furniture_phrases'])}"
)
_OTHERS_NAME = re.compile(rf"{_EDGE}(?:{'|'.join(_WORDS['others_words'])})(?=$|[\s_-])")
_CAPTION_NAME = re.compile(rf"{_EDGE}(?:{'|'.join(_WORDS['caption'])})(?=$|[\s_-])")
_BYLINE_NAME = re.compile(rf"{_EDGE}(?:{'|'.join(_WORDS['byline'])})(?=$|[\s_-])")
_NAMED_PARTS = frozenset(["p", "div", "span", "small", "address", "section"])
_EMBED_NAME = re.compile("|".join(_WORDS["embed"]), re.I)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# "has-sidebar", "no-comments", "single-related": state of the page around it, not its own purpose.
_STATE = re.compile(
    r"\S*(?:^|[\s_-])(?:has|no|with|without|is|hide|show|single|type|format|tag|category)[-_]\S*"
)

_SECTION_HEADING = re.compile("|".join(_LEXICON["section_headings"]["patterns"]))

_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])"
    r"|opacity\s*:\s*0(?:\.0+)?(?![.\d])|text-indent\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*[01]",
    re.I,
)
_OUTSIDE = re.compile(r"(?:left|top|right)\s*:\s*-\d{4,}px", re.I)
_COLOUR = re.compile(r"(?<![\w-])(color|background(?:-color)?)\s*:\s*([#\w(),%. ]{3,40})", re.I)
_COLOUR_NAMES = {"white": "#ffffff", "black": "#000000", "red": "#ff0000", "transparent": ""}
_RGB = re.compile(
    r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*([\d.]+%?)\s*)?\)"
)


def is_hidden(attributes: dict[str, str]) -> bool:
    """Whether the element's own attributes keep it from being seen."""
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
        return True
    style = attributes.get("style", "")[:2000]
    if not style:
        return False
    if _HIDDEN_STYLE.search(style) or _OUTSIDE.search(style):
        return True
    colours = {m[1].lower()[:5]: _colour(m[2]) for m in _COLOUR.finditer(style)}
    return "color" in colours and colours["color"] == colours.get("backg")


def _colour(written: str) -> str:
    """A colour in one form: "#FFF", "rgb(255, 255, 255)" and "white" are the same."""
    colour = written.strip().lower().split(" !", 1)[0]
    if colour.startswith("#") and len(colour) == 4:
        return "#" + "".join(2 * c for c in colour[1:])
    match = _RGB.match(colour)
    if match:
        return "#" + "".join(f"{min(int(n), 255):02x}" for n in match.groups()[:3])
    return _COLOUR_NAMES.get(colour, colour.split(" ")[0])


def is_furniture(name: str, attributes: dict[str, str], part: ElementPart | None) -> bool:
    """Whether the element's name, class or id says that it is no part of an article."""
    if name in _FURNITURE:
        return True
    if part == "embed" or name in ("html", "body", "article", "main"):
        return False
    if attributes.get("role") in ("navigation", "banner", "contentinfo", "search", "complementary"):
        return True
    names = class_words(attributes)
    return bool(names) and _FURNITURE_NAME.search(names) is not None


def holds_others_words(name: str, attributes: dict[str, str]) -> bool:
    """Whether the element's class or id says that its prose is of readers or other articles."""
    if name in ("html", "body", "article", "main"):
        return False
    names = class_words(attributes)
    return bool(names) and _OTHERS_NAME.search(names) is not None


def is_section_heading(text: str) -> bool:
    """Whether words head a section of a page that is no part of its article ("Comments")."""
    return (
        _SECTION_HEADING.fullmatch(" ".join(text.lower().split()).strip(" .:!?…»›>|-–—"))
        is not None
    )


def class_words(attributes: dict[str, str]) -> str:
    """The element's class and id in lower case, words parted, without names of states."""
    written = f"{attributes.get('class', '')} {attributes.get('id', '')}"[:500]
    if len(written) == 1:
        return ""
    parted = _CAMEL.sub("-", written).lower()
    return " ".join(w for w in parted.split() if not _STATE.fullmatch(w))


def part_of(name: str, attributes: dict[str, str]) -> ElementPart | None:
    """The part of an article that the element says it is, if any."""
    if name == "h1":
        return "title"
    if name in _HEADINGS:
        is_byline = "class" in attributes and _BYLINE_NAME.search(class_words(attributes))
        return "byline" if is_byline else "subhead"
    if name == "li":
        return "bullet"
    if name == "figcaption":
        return "caption"
    if name == "blockquote" and _EMBED_NAME.search(attributes.get("class", "")):
        return "embed"
    if name in _NAMED_PARTS and "class" in attributes:
        names = class_words(attributes)
        if _CAPTION_NAME.search(names):
            return "caption"
        return "byline" if _BYLINE_NAME.search(names) else None
    return "byline" if name == "time" else None
