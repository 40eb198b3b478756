"""What `summit learn` would learn from the evaluation folder `corruption` and the seeds.

`proposed` and `accepted` count pairs from the spun texts and their clean siblings; `accepted_right`
those that the shipped pair lexicon has too, or that a person judged right (`_RIGHT`): a pair that
is in neither is printed. `accepted_from_clean` is the control: each clean text with siblings is
taken for spun in turn, beside the real spun texts of other events, and nothing of it may be
accepted.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from summit_pipeline.execution.learning import GradedText, learn
from summit_pipeline.lexicons.spun_pairs import load_spun_pairs
from summit_pipeline.normalise.pipeline import clean_text

SEEDS = Path(__file__).parents[1] / "seeds/articles"
_GRADES = {"spun": "spun", "clean": "clean", "other_machine": "suspicious"}
# Judged by reading them in their sentences.
_RIGHT = frozenset(
    {
        ("contained in", "inside"),
        ("dangers", "risks"),
        ("together with", "including"),
        ("navy", "military"),
    }
)


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    """Figures of learning; `predictions` gets the accepted pairs as JSON."""
    texts = [*_evaluation_texts(data / "corruption/docs.json"), *_seed_texts()]
    learned = learn(texts)
    known = load_spun_pairs()
    wrong = [
        (spun, original)
        for spun, original in learned.pairs
        if (spun, original) not in _RIGHT
        and tuple(original.split()) not in known.originals.get(tuple(spun.split()), ())
    ]
    for spun, original in wrong:
        print(f"accepted and not known to be right: {spun!r} for {original!r}")
    if predictions is not None:
        predictions.write_text(json.dumps(sorted(learned.pairs)), encoding="utf-8")
    return {
        "spun_texts": sum(t.grade == "spun" for t in texts),
        "proposed": learned.proposed,
        "accepted": len(learned.pairs),
        "accepted_right": len(learned.pairs) - len(wrong),
        "accepted_from_clean": sum(_falsely_learned(texts)),
    }


def _falsely_learned(texts: Sequence[GradedText]) -> Iterable[int]:
    """For each clean text that has clean siblings: pairs accepted once it is taken for spun."""
    for text in texts:
        story = [t for t in texts if t.story_id == text.story_id and t.grade == "clean"]
        if text.grade == "clean" and len(story) > 1:
            others = [t for t in texts if t.story_id != text.story_id and t.grade == "spun"]
            taken = [replace(t, grade="spun") if t is text else t for t in story]
            yield len(learn([*taken, *others]).pairs)


def _evaluation_texts(path: Path) -> list[GradedText]:
    docs: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return [GradedText(d["event"], d["id"], d["id"], _GRADES[d["label"]], d["text"]) for d in docs]


def _seed_texts() -> list[GradedText]:
    texts = []
    for path in sorted(SEEDS.glob("*.txt")):
        grade = "spun" if path.name.startswith("001") else "clean"
        text = clean_text(path.read_bytes(), "text/plain").layer.text
        texts.append(GradedText("seeds", path.name, path.name, grade, text))
    return texts
