"""Names across the documents of a story: one canonical form for one bearer.

Belongs here: joining the forms that documents write (surname, acronym, shorter or damaged form)
with the fullest one of the story. Does not belong here: finding names in a text (`extract.names`)
or judging which are damaged (`siblings`, whose suggestions come in as aliases).

Only what is unambiguous within the story is joined: a surname that fits two persons stays alone.
"""

import functools
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from summit_pipeline.lexicons import load_toml
from summit_pipeline.text.tokens import fold, folded_words
from summit_pipeline.vocabulary import NameMention

_POSSESSIVE = re.compile(r"['’]s?$")

Key = tuple[str, ...]

# Two letters begin too many first names (Jo, Al) to tell one.
_SHORT_NAME = 3


@functools.cache
def _places() -> Mapping[str, str]:
    """Folded other forms of countries and the like -> the form used here."""
    forms: Mapping[str, list[str]] = load_toml("name_forms.toml")["places"]
    return {fold(form): name for name, others in forms.items() for form in (name, *others)}


@functools.cache
def _dropped() -> frozenset[str]:
    """Words of a name that tell no bearer from another: titles, legal forms, articles."""
    lexicon = load_toml("name_forms.toml")
    return frozenset(lexicon["titles"]) | frozenset(lexicon["legal_forms"]) | {"the"}


@functools.lru_cache(maxsize=65536)
def name_key(name: str) -> Key:
    """The words of a name that count when names are compared."""
    plain = _POSSESSIVE.sub("", name.strip())
    plain = _places().get(fold(plain), plain)
    # "U.S. Steel" is "United States Steel Corp."
    first, _, rest = plain.partition(" ")
    if rest:
        plain = f"{_places().get(fold(first), first)} {rest}"
    words = [w.replace(".", "").replace("'s", "") for w in folded_words(_without_accents(plain))]
    words = [w.removeprefix("al-").removeprefix("el-") for w in words]
    kept = tuple(w for w in words if w not in _dropped())
    # A middle initial tells little: "Donald J. Trump" is "Donald Trump".
    if len(kept) > 2:
        kept = (kept[0], *(w for w in kept[1:-1] if len(w) > 1), kept[-1])
    return kept or tuple(words)


@functools.cache
def _short_forms() -> Mapping[str, frozenset[str]]:
    """First name -> short forms that don't begin it."""
    lexicon: Mapping[str, list[str]] = load_toml("nicknames.toml")["short_forms"]
    return {name: frozenset(short) for name, short in lexicon.items()}


def one_first_name(a: str, b: str) -> bool:
    """Whether two first names (as `name_key` has them) are one, written short or in full."""
    short, long = sorted((a, b), key=len)
    forms = _short_forms()
    return (
        long.startswith(short)
        or short in forms.get(long, ())
        or long in forms.get(short, ())
        or any(short in known and long in known for known in forms.values())
    )


def _without_accents(name: str) -> str:
    """A name as papers without accents print it: "Julián" is "Julian"."""
    if name.isascii():
        return name
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


class StoryNames:
    """Canonical names of one story.

    Args:
        mentions: the names of all documents.
        aliases: for each version, name as written (or canonical there) -> as probably written.
    """

    def __init__(
        self,
        mentions: Iterable[NameMention],
        aliases: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self._aliases = {
            version: {fold(damaged): whole for damaged, whole in table.items()}
            for version, table in (aliases or {}).items()
        }
        shown: dict[Key, Counter[str]] = defaultdict(Counter)
        types: dict[Key, Counter[str]] = defaultdict(Counter)
        for mention in mentions:
            name = self._as_written(mention.version_id, mention.canonical)
            key = name_key(name)
            if key:
                shown[key][name] += 1
                types[key][mention.name_type] += 1
        self._type_of = {k: min(c, key=lambda t: (-c[t], t)) for k, c in types.items()}
        joined = _join(self._type_of)
        best: dict[Key, Counter[str]] = defaultdict(Counter)
        for key, forms in shown.items():
            if joined.get(key, key) == key:
                best[key].update(forms)
        self._shown = {
            key: min(forms, key=lambda f: (-forms[f], -len(f), f)) for key, forms in best.items()
        }
        self._joined = joined
        self._cache: dict[tuple[str, str], str] = {}

    def _as_written(self, version_id: str, name: str) -> str:
        table = self._aliases.get(version_id)
        return table.get(fold(name), name) if table else name

    def of(self, version_id: str, name: str) -> str:
        """The story's form of a name that a version writes."""
        found = self._cache.get((version_id, name))
        if found is None:
            key = name_key(self._as_written(version_id, name))
            key = self._joined.get(key, key)
            found = self._cache[version_id, name] = self._shown.get(key) or _bare(name)
        return found

    def type_of(self, version_id: str, name: str) -> str | None:
        """What a version's name names: person, organisation ...; None for no name of the story."""
        key = name_key(self._as_written(version_id, name))
        return self._type_of.get(self._joined.get(key, key))

    def damaged(self, version_id: str) -> Mapping[str, str]:
        """Damaged names of a version (folded) and what was probably written."""
        return self._aliases.get(version_id, {})


_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


def _bare(name: str) -> str:
    """A description that is no name of the story ("the chairmen"), without article."""
    plain = _POSSESSIVE.sub("", " ".join(name.split()))
    return _places().get(fold(plain), _ARTICLE.sub("", plain))


def _join(types: Mapping[Key, str]) -> dict[Key, Key]:
    """Shorter form -> fullest form, where only one fits."""
    joined: dict[Key, Key] = {}
    by_last: dict[str, set[Key]] = defaultdict(set)
    by_first: dict[str, set[Key]] = defaultdict(set)
    by_letters: dict[str, set[Key]] = defaultdict(set)
    for key, name_type in types.items():
        if len(key) > 1:
            by_last[key[-1]].add(key)
            if name_type != "person":
                by_first[key[0]].add(key)
                by_letters["".join(w[0] for w in key if w not in ("of", "and", "for"))].add(key)
    for key in sorted(types):
        fuller = _fuller(key, types, by_last, by_first, by_letters)
        if fuller is not None:
            joined[key] = fuller
    return {key: _end(joined, key) for key in joined}


def _fuller(
    key: Key,
    types: Mapping[Key, str],
    by_last: Mapping[str, set[Key]],
    by_first: Mapping[str, set[Key]],
    by_letters: Mapping[str, set[Key]],
) -> Key | None:
    """The one fuller form of a name, if there is exactly one."""
    name_type = types[key]
    if len(key) == 1:
        word = key[0]
        if name_type != "person" and 2 <= len(word) <= 6:
            acronym = by_letters.get(word, set())
            if len(acronym) == 1:
                return next(iter(acronym))
        persons = {k for k in by_last.get(word, ()) if types[k] in ("person", "other")}
        if name_type in ("person", "other") and len({(k[0], k[-1]) for k in persons}) == 1:
            return min(persons, key=lambda k: (-len(k), k))
        firms = {k for k in by_first.get(word, ()) if types[k] == "organisation"}
        if name_type in ("organisation", "other") and len(firms) == 1:
            return next(iter(firms))
        return None
    if name_type == "person":
        same = {k for k in by_last[key[-1]] if k[0] == key[0] and len(k) > len(key)}
        if not same:
            people = {k for k in by_last[key[-1]] if k > key and types[k] == "person"}
            same = {k for k in people if _tells_person(k[0], key[0])}
        return min(same, key=lambda k: (-len(k), k)) if len(same) == 1 else None
    return None


def _tells_person(a: str, b: str) -> bool:
    """Whether two first names are one, and neither so short that it is many."""
    return min(len(a), len(b)) >= _SHORT_NAME and one_first_name(a, b)


def _end(joined: Mapping[Key, Key], key: Key) -> Key:
    seen = {key}
    while key in joined and joined[key] not in seen:
        key = joined[key]
        seen.add(key)
    return key
