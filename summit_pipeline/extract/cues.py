"""Speech cues: the verbs that report what somebody says.

Belongs here: which words are cues, and of which form. Does not belong here: who speaks
(`subjects`, `speakers`), or where the content of a statement ends (`statements`). The words stand
in `lexicons/data/speech_cues.toml`.
"""

import functools
import re
from dataclasses import dataclass

from summit_pipeline.lexicons import load_toml

VERB_FRAMES = ("clause", "addressee", "judgement", "infinitive", "spun")


@dataclass(frozen=True, slots=True)
class CueVerb:
    """A form of a reporting verb.

    `frame` names what follows it: a clause, an addressee and a clause, what is judged, or an
    infinitive. `participle` marks -ing forms, whose subject is the main clause's; `base` marks forms
    that may be nouns or infinitives. `spun` marks a word that synonym spinners write for a plain cue.
    """

    lemma: str
    frame: str
    participle: bool = False
    base: bool = False
    spun: bool = False


@functools.cache
def cue_verbs() -> dict[str, CueVerb]:
    """All forms of the reporting verbs, in lower case; where two frames claim a form, the first."""
    lexicon = load_toml("speech_cues.toml")
    found: dict[str, CueVerb] = {}
    for frame in VERB_FRAMES:
        for lemma, forms in lexicon[frame].items():
            for form in forms.split():
                spun = frame == "spun"
                participle = form.endswith("ing")
                base = not participle and not _is_past(form)
                reads_as = "addressee" if spun else frame
                found.setdefault(form, CueVerb(lemma, reads_as, participle, base, spun))
    return found


@functools.cache
def source_phrases() -> re.Pattern[str]:
    """Matches phrases that name a source ("according to"); group `spun` for spinners' variants."""
    lexicon = load_toml("speech_cues.toml")["source_phrases"]
    plain = "|".join(map(re.escape, lexicon["plain"]))
    spun = "|".join(map(re.escape, lexicon["spun"]))
    return re.compile(rf"\b(?:(?P<plain>{plain})|(?P<spun>{spun}))\s+", re.IGNORECASE)


@functools.cache
def cue_screen() -> re.Pattern[str]:
    """Matches wherever a text may hold a cue; a sentence without a match needs no reading."""
    forms = sorted(cue_verbs(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(forms)}|according|response|words)\b", re.IGNORECASE)


_IRREGULAR_PAST = frozenset(
    [
        "said",
        "wrote",
        "told",
        "began",
        "found",
        "swore",
        "spoke",
        "shot",
        "read",
        "cried",
        "gave",
        "knew",
    ]
)


def _is_past(form: str) -> bool:
    return form.endswith("ed") or form in _IRREGULAR_PAST
