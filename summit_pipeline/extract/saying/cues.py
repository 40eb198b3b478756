"""Speech cues: the verbs that report what somebody says.

Belongs here: which words are cues, and of which form. Does not belong here: who speaks
(`subjects`, `speakers`), or where the content of a statement ends (`statements`). The words stand
in `lexicons/data/speech_cues.toml`.
"""

import functools
from dataclasses import dataclass

from summit_pipeline.lexicons import load_toml

VERB_FRAMES = ("clause", "quotation_only", "addressee", "judgement", "infinitive")


@dataclass(frozen=True, slots=True)
class CueVerb:
    """A form of a reporting verb.

    `frame` names what follows it: a clause, an addressee and a clause, what is judged, or an
    infinitive. `participle` marks -ing forms, whose subject is the main clause's; `base` marks
    forms that may be nouns or infinitives; `spun` marks words that synonym spinners write for a
    plain cue; `needs` lists the words of which one must follow for the verb to report speech;
    `may_be_noun` marks forms that are as often nouns ("claims").
    """

    lemma: str
    frame: str
    participle: bool = False
    base: bool = False
    spun: bool = False
    needs: tuple[str, ...] = ()
    may_be_noun: bool = False


@functools.cache
def cue_verbs() -> dict[str, CueVerb]:
    """All forms of the reporting verbs, in lower case; where two frames claim a form, the first."""
    lexicon = load_toml("speech_cues.toml")
    needs = {lemma: tuple(words.split()) for lemma, words in lexicon["needs"].items()}
    nouns = frozenset(lexicon["noun_forms"]["forms"].split())
    ungrammatical = frozenset(lexicon["spun_variants"]["only_spun"])
    found: dict[str, CueVerb] = {}
    for frame in VERB_FRAMES:
        for lemma, forms in lexicon[frame].items():
            for form in forms.split():
                participle = form.endswith("ing")
                spun = form in ungrammatical
                base = not participle and not spun and not _is_past(form)
                needed = needs.get(lemma, ())
                noun = form in nouns
                found.setdefault(form, CueVerb(lemma, frame, participle, base, spun, needed, noun))
    return found


def is_spun_variant(cue: str) -> bool:
    """Whether a cue as written is one that synonym spinners often write for "said" or "told"."""
    return cue.lower() in _spun_variants()


@functools.cache
def _spun_variants() -> frozenset[str]:
    return frozenset(load_toml("speech_cues.toml")["spun_variants"]["forms"])


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
