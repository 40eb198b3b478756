"""Copies made from real articles: cut, reworded, put in another order, framed, and spun.

Each function takes a text and dice and returns the made text. Paragraphs are the lines of a text.
Texts stay in memory; nothing of them is stored.
"""

import re
from collections.abc import Mapping, Sequence
from random import Random

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# A spinner leaves short words alone; they are what sentences are held together by.
_SHORTEST = 4


def paragraphs(text: str) -> list[str]:
    """The lines of a text that have words."""
    return [line for line in text.split("\n") if line.strip()]


def abridged(text: str, dice: Random) -> str:
    """Between a third and two thirds of the paragraphs, in their order, the first one always."""
    lines = paragraphs(text)
    kept = max(3, round(len(lines) * dice.uniform(0.33, 0.67)))
    places = sorted({0, *dice.sample(range(len(lines)), min(kept, len(lines)))})
    return "\n".join(lines[place] for place in places)


def reordered(text: str, dice: Random) -> str:
    """All paragraphs but the first in another order."""
    first, *rest = paragraphs(text)
    dice.shuffle(rest)
    return "\n".join([first, *rest])


def framed(text: str, other: str, dice: Random) -> str:
    """An abridged copy with an opening and an end of somebody's own, a sixth of its length."""
    own = paragraphs(other)
    copied = abridged(text, dice)
    budget = len(copied) // 6
    opening: list[str] = []
    while own and sum(map(len, opening)) < budget:
        opening.append(own.pop(0)[:budget])
    return "\n".join([*opening, copied, *(line[: budget // 4] for line in own[-1:])])


def reworded(text: str, forms: Mapping[str, Sequence[str]], share: float, dice: Random) -> str:
    """The text with this share of its plain words written otherwise.

    Args:
        text: the text.
        forms: what may be written for a folded word.
        share: of words of four letters and more without a capital; those that have no listed form
            borrow that of another word, as odd as a spinner's choice.
        dice: the dice.
    """
    stock = sorted({form for options in forms.values() for form in options})

    def other(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) < _SHORTEST or not word.islower() or dice.random() >= share:
            return word
        return dice.choice(forms.get(word) or stock)

    return _WORD.sub(other, text)


def respelt(text: str, forms: Mapping[str, Sequence[str]], share: float, dice: Random) -> str:
    """The text with this share of the words that have a listed form written so.

    Capitals stay, so that names are altered too ("White Home").
    """

    def other(match: re.Match[str]) -> str:
        word = match.group()
        options = forms.get(word.lower())
        if not options or dice.random() >= share:
            return word
        chosen = dice.choice(options)
        return chosen.capitalize() if word[0].isupper() else chosen

    return _WORD.sub(other, text)
