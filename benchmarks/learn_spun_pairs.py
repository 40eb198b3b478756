"""Refreshes the learned origins of the pair lexicon `spun_pairs.tsv`, in place.

Usage: python -m benchmarks.learn_spun_pairs EVAL_DIR

Keeps the pairs written by hand (origins `general` and `docs:EVENT`) and learns two origins anew:
`tortured`, from the two-word tortured phrases (word by word; a pair enters when two phrases show
it, or when another origin has it), and `seed001`, from the marks on the seed article 001.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from summit_pipeline.lexicons.counted_words import counted_words

LEXICON = Path(__file__).parents[1] / "summit_pipeline/lexicons/data/spun_pairs.tsv"
LEARNED = frozenset({"tortured", "seed001"})
# British, formal or merely another house style: a spinner writes these too, but so do millions.
HOUSE_STYLE = frozenset(
    {
        "whilst",
        "amongst",
        "amidst",
        "programme",
        "programmes",
        "towards",
        "pupil",
        "pupils",
        "firms",
    }
)
_REMARK = re.compile(r" \(.*")
_PHRASES = 2

Pair = tuple[str, str]


def folded(phrase: str) -> str:
    return " ".join(word.form for word in counted_words(phrase))


def tortured_pairs(rows: list[dict[str, str]]) -> Counter[Pair]:
    """One-word substitutions of two-word phrases, with the number of phrases that show each."""
    counts: Counter[Pair] = Counter()
    for row in rows:
        sides = zip(row["tortured"].split(), row["expected"].split(), strict=False)
        for spun, original in sides:
            pair = folded(spun), folded(original)
            if pair[0] not in {pair[1], *HOUSE_STYLE} and pair[0].isalpha() and pair[1].isalpha():
                counts[pair] += 1
    return counts


def marked_pairs(items: list[dict[str, Any]]) -> set[Pair]:
    """Pairs of the hand-marked spun phrases, the doubtful ones left out."""
    pairs = set()
    for item in items:
        if item["certainty"] != "low" and item["kind"] != "del":
            spun, original = (folded(_REMARK.sub("", item[k])) for k in ("spun", "original"))
            if spun and original and spun != original and spun not in HOUSE_STYLE:
                pairs.add((spun, original))
    return pairs


def learn(data: Path) -> None:
    """Rewrite the lexicon with the learned origins of the evaluation folder `data`."""
    lines = LEXICON.read_text("utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    origins: dict[Pair, set[str]] = defaultdict(set)
    spelling: dict[str, str] = {}
    for line in lines[len(head) + 1 :]:
        spun, original, known = line.split("\t")
        spelling[original.lower()] = original
        if (kept := set(known.split(" ")) - LEARNED) and spun not in HOUSE_STYLE:
            origins[spun, original.lower()] |= kept
    items = json.loads((data / "seeds/spun_phrases.json").read_text("utf-8"))["items"]
    for pair in marked_pairs(items):
        origins[pair].add("seed001")
    phrases = json.loads((data / "corruption/tortured_bigram_pairs.json").read_text("utf-8"))
    for pair, count in tortured_pairs(phrases).items():
        if count >= _PHRASES or pair in origins:
            origins[pair].add("tortured")
    rows = [
        f"{spun}\t{spelling.get(original, original)}\t{' '.join(sorted(known))}"
        for (spun, original), known in sorted(origins.items())
    ]
    LEXICON.write_text("\n".join([*head, "spun\toriginal\torigins", *rows]) + "\n", "utf-8")
    print(len(rows), "pairs")


if __name__ == "__main__":
    learn(Path(sys.argv[1]))
