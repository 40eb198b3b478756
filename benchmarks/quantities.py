"""Quality and speed of amounts and dates, measured with the evaluation folder's own scorer.

`run(data, predictions)` scores every JSONL file of `data/quantities` (any folder of that layout),
the marks on the seed articles where `data/seeds` has them, approximators, and the speed.

What the folder's conventions differ in from ours, and how predictions are rewritten for it:
cents are hundredths of a unit ("USD/100"), percentage points count as percent, rates of money as
money, a vague plural stands at its lower end (with both ends in news_quant), the two ends of a
change ("from 4% to 5%") are one range in news_quant, shares told by a fraction ("a third of") are
no percentages there, basis points stay basis points there, and a stretch of time that a date holds
("the last five years") is a duration in all of them. In the TIMEX sets each end of a range of
durations is marked for itself, a part of a day ("Friday morning", "16:00 UTC today") is a time and
not a date, and centuries have no value.
"""

import importlib.util
import json
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import polars as pl

from summit_pipeline.extract.amounts.quantities import Quantity, find_quantities
from summit_pipeline.extract.dating.date_spans import spans_by_sentence
from summit_pipeline.extract.dating.dates import DateMention, find_dates
from summit_pipeline.extract.document import CleanDocument
from summit_pipeline.normalise.layout.embeds import find_embeds
from summit_pipeline.normalise.layout.lines import split_lines
from summit_pipeline.text.layers import identity
from summit_pipeline.vocabulary import Sentence, SentencePart

_APPROXIMATORS = {
    "~": {"about", "nearly"},
    ">": {"more_than", "at_least"},
    "<": {"less_than", "up_to", "nearly"},
}
_SPEED_ROUNDS = 3
_SPEED_EVERY = 100


# Units that the Recognizers' specification names instead of coding them.
_UNIT_NAMES = {"XBT": "bitcoin", "ESP": "peseta", "FIM": "finnish markka", "franc": "FRANC"}
_PART_OF_DAY = re.compile(r"(?:morning|afternoon|evening|night)$")
_CLOCK_BEFORE = re.compile(r"\d:\d\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?\s(?:on\s)?$")
_RANGE_ENDS = re.compile(r"\s(?:and|to)\s|[-–—]")


def document(text: str, reference: date | None) -> CleanDocument:
    """A text as a clean document, one sentence a line; posts are known by their signatures."""
    posts = {e.finding.start for e in find_embeds(split_lines(text))} if "(@" in text else set()
    sentences, at = [], 0
    for index, line in enumerate(text.split("\n")):
        if line.strip():
            part: SentencePart = "embed" if at in posts else "body"
            sentences.append(Sentence(at, at + len(line), index, part))
        at += len(line) + 1
    return CleanDocument("benchmark", identity(text), tuple(sentences), reference)


def scorer_of(folder: Path, split: str) -> ModuleType:
    """The folder's score.py as a module; it reads its folders from the command line."""
    spec = importlib.util.spec_from_file_location("quantities_score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "score.py")
    module = importlib.util.module_from_spec(spec)
    arguments = sys.argv
    sys.argv = ["score.py", "", str(folder), split]
    try:
        spec.loader.exec_module(module)
    finally:
        sys.argv = arguments
    return module


def _number(q: Quantity, text: str, file: str) -> dict[str, Any]:
    """A quantity in the folder's form."""
    kind, unit, value = q.kind, q.unit or "", q.value
    low, high = q.low, None
    if q.rule == "rate_money":
        kind, unit = "money", unit.split("/")[0]
    if value is None:
        ranged = q.rule.endswith("_range")
        value, high = low, (q.high if ranged or file == "news_quant" else None)
    if kind == "percent":
        unit = "%"
        if "basis" in text[q.start : q.end] and value is not None:
            value *= 100
    unit = _UNIT_NAMES.get(unit, unit)
    in_cents = q.rule == "rate_money" and re.search(r"\d[\s-]?cents?\b", text[q.start : q.end])
    if (in_cents or q.rule.startswith("money_hundredths")) and value is not None:
        unit, value = f"{unit}/100", round(value * 100, 6)
        high = None if high is None else round(high * 100, 6)
    return {"start": q.start, "end": q.end, "text": text[q.start : q.end], "type": kind,
            "value": value, "value_high": high, "unit": unit, "rule": q.rule}  # fmt: skip


def _date(d: DateMention, text: str, file: str) -> dict[str, Any]:
    first, last = d.date_start, d.date_end
    is_day = first is not None and last is not None and (last - first).days == 1
    value = first.isoformat() if first else None
    high = None if is_day or last is None else last.isoformat()
    kind = "date" if is_day else "daterange"
    if file.startswith("timex") and (
        (d.rule == "date_weekday" and _PART_OF_DAY.search(text[d.start : d.end]))
        or _CLOCK_BEFORE.search(text[max(0, d.start - 20) : d.start])
    ):
        kind = "time"
    if file.startswith("timex") and d.rule == "date_century":
        kind = "date_unresolved"
    return {"start": d.start, "end": d.end, "text": text[d.start : d.end], "type": kind,
            "value": value, "value_high": high,
            "unit": "", "alts_past": True, "rule": d.rule}  # fmt: skip


def _range_ends(number: dict[str, Any]) -> list[dict[str, Any]]:
    """A range of durations as two durations."""
    if number["type"] != "duration" or number["value_high"] is None:
        return [number]
    words = number["text"].removeprefix("between ")
    begin = number["end"] - len(words)
    join = _RANGE_ENDS.search(words)
    if join is None:
        return [number]
    return [
        number | {"start": begin, "end": begin + join.start(), "value_high": None},
        number | {"start": begin + join.end(), "value": number["value_high"], "value_high": None},
    ]


def _as_ranges(quantities: list[Quantity]) -> list[Quantity]:
    """The two ends of each change as one range, as news_quant marks them."""
    out: list[Quantity] = []
    for q in quantities:
        last = out[-1] if out else None
        if last and last.rule == q.rule and q.rule.endswith("_change") and last.value is not None:
            pair = (
                last.start,
                q.end,
                q.kind,
                None,
                q.unit,
                last.value,
                q.value,
                None,
                "change_range",
                1.0,
            )
            out[-1] = Quantity(*pair)
        else:
            out.append(q)
    return out


def predict(
    text: str, reference: date | None, file: str, *, open_dates: bool = False
) -> list[dict[str, Any]]:
    """All amounts and dates of a text in the folder's form; dates without days only if asked."""
    doc = document(text, reference)
    quantities = list(find_quantities(doc))
    if file == "news_quant":
        quantities = _as_ranges([q for q in quantities if q.rule != "percent_share_fraction"])
    numbers = [_number(q, text, file) for q in quantities]
    dates = [
        _date(d, text, file)
        for d in find_dates(doc)
        if not any(
            n["type"] == "duration" and n["start"] < d.end and d.start < n["end"] for n in numbers
        )
    ]
    if file.startswith("timex"):
        numbers = [end for n in numbers for end in _range_ends(n)]
    if not open_dates:
        dates = [d for d in dates if d["value"] is not None]
    return sorted(numbers + dates, key=lambda p: (p["start"], p["end"]))


def _reference(row: dict[str, Any]) -> date | None:
    return date.fromisoformat(row["ref"][:10]) if row.get("ref") else None


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _approximators(
    rows: list[dict[str, Any]], found: dict[str, list[dict[str, Any]]], texts: dict[str, Any]
) -> dict[str, float]:
    """Precision and recall of hedges on the money and percent amounts that were found."""
    counts: Counter[str] = Counter()
    for row in rows:
        taken: set[int] = set()
        quantities = [q for q in texts[row["id"]] if q.kind in ("money", "percent")]
        for gold in row["expected"]:
            match = next(
                (i for i, q in enumerate(quantities)
                 if i not in taken and q.kind == gold["type"] and q.value == gold["value"]),
                None,
            )  # fmt: skip
            if match is None or gold["type"] not in row["scope"]:
                continue
            taken.add(match)
            said = quantities[match].approximator
            said = None if said in ("record", "vague") else said
            if gold["change"] in ("up", "down"):
                continue  # the mark has room for one word only, and the change took it
            wanted = _APPROXIMATORS.get(gold["change"])
            counts["gold"] += wanted is not None
            counts["found"] += said is not None
            counts["right"] += bool(wanted and said in wanted)
    precision = counts["right"] / counts["found"] if counts["found"] else 0.0
    recall = counts["right"] / counts["gold"] if counts["gold"] else 0.0
    return {"approximator_p": round(100 * precision, 1), "approximator_r": round(100 * recall, 1)}


def _score_files(folder: Path, out: Path) -> dict[str, float]:
    figures: dict[str, float] = {}
    for path in sorted(folder.glob("*.jsonl")):
        name, rows = path.stem, _rows(path)
        raw: dict[str, list[Quantity]] = {}
        with (out / f"summit__{name}.jsonl").open("w", encoding="utf-8") as sink:
            for row in rows:
                predicted = predict(row["text"], _reference(row), name)
                if name == "news_quant":
                    raw[row["id"]] = list(find_quantities(document(row["text"], None)))
                sink.write(json.dumps({"id": row["id"], "pred": predicted}) + "\n")
        for split in sorted({row["split"] for row in rows}):
            scorer = scorer_of(folder, split)
            scorer.__dict__["PD"] = str(out)
            measures, _, _ = scorer.score("summit", name)
            for measure, (precision, recall, f1) in measures.items():
                figures[f"{name}.{split}.{measure}_f1"] = f1
                if measure == "val":
                    figures[f"{name}.{split}.val_p"], figures[f"{name}.{split}.val_r"] = (
                        precision,
                        recall,
                    )
        if name == "news_quant":
            figures |= {f"{name}.{k}": v for k, v in _approximators(rows, {}, raw).items()}
        if name == "news_phrases":
            figures |= phrases_right(rows, out / f"summit__{name}.jsonl", scorer_of(folder, "all"))
    return figures


def phrases_right(
    rows: list[dict[str, Any]], predictions: Path, scorer: ModuleType
) -> dict[str, float]:
    """Phrases read exactly as expected, and readings where none is expected."""
    by_id = {p["id"]: p["pred"] for p in _rows(predictions)}
    right = wanted = stray = 0
    for row in rows:
        predicted = [p for p in by_id[row["id"]] if p["type"] in row["scope"]]
        wanted += len(row["expected"])
        right += scorer.match(
            row["expected"], predicted,
            lambda g, p: g["type"] == p["type"] and g["start"] < p["end"] and p["start"] < g["end"]
            and scorer.veq(g, p, "news_phrases"),
        )  # fmt: skip
        if not row["expected"]:
            stray += len(predicted)
    return {"news_phrases.right": right, "news_phrases.of": wanted, "news_phrases.stray": stray}


# --- the seed articles --------------------------------------------------------------------------

_SECONDS = {
    "day": 86400,
    "week": 604800,
    "month": 2592000,
    "year": 31536000,
    "minute": 60,
    "hour": 3600,
}


def _seed_match(gold: dict[str, Any], p: dict[str, Any]) -> bool:
    if not (gold["start"] < p["end"] and p["start"] < gold["end"]):
        return False
    if gold["type"] in ("date", "daterange", "date_vague"):
        return bool(p["value"] == gold["value"] and p["value_high"] == gold["value_high"])
    if gold["type"] != p["type"]:
        return False
    value = gold["value"]
    if gold["type"] == "duration":
        value *= _SECONDS[gold["unit"]]
    return bool(
        value is None or p["value"] is None or abs(value - p["value"]) < 1e-6 * max(1, abs(value))
    )


def _seeds(data: Path) -> dict[str, float]:
    """Precision and recall on the marked seed articles; trivial marks count neither way.

    Articles without a publication date are read against the meeting's day, which the marks state.
    """
    marks = json.loads((data / "seeds" / "quantities.json").read_text(encoding="utf-8"))
    articles = next(
        (
            p
            for p in (
                data.parent / "seeds" / "articles",
                data.parent / "seeds",
                Path("seeds/articles"),
            )
            if any(p.glob("*.txt"))
        ),
        None,
    )
    if articles is None:
        return {}
    counts: Counter[str] = Counter()
    missing: list[str] = []
    for name, published in marks["publication_dates"].items():
        text = (articles / name).read_text(encoding="utf-8")
        reference = date.fromisoformat(published["date"] or "2025-02-07")
        predicted = predict(text, reference, "seeds", open_dates=True)
        golds = [q for q in marks["quantities"] if q["seed"] == name]
        used: set[int] = set()
        for gold in golds:
            hit = next(
                (i for i, p in enumerate(predicted) if i not in used and _seed_match(gold, p)), None
            )
            touching = [
                i
                for i, p in enumerate(predicted)
                if gold["start"] < p["end"] and p["start"] < gold["end"]
            ]
            if gold["noise"]:
                counts["noise_read"] += bool(touching)
                counts["noise"] += 1
                continue
            if gold["trivial"]:
                counts["trivial"] += 1
                counts["trivial_read"] += bool(touching)
                used.update(touching)
                continue
            kind = "date" if gold["type"].startswith("date") else gold["type"]
            counts[f"gold_{kind}"] += 1
            if hit is not None:
                used.add(hit)
                counts[f"right_{kind}"] += 1
            else:
                missing.append(f"{name[:3]} {gold['type']} {gold['text']!r} {gold['value']}")
        for i, p in enumerate(predicted):
            if i not in used:
                kind = "date" if p["type"].startswith("date") else p["type"]
                is_open = kind == "date" and p["value"] is None
                counts["open_date" if is_open else f"stray_{kind}"] += 1
                what = "open" if is_open else "stray"
                missing.append(f"{name[:3]} {what} {p['type']} {p['text']!r} {p['value']}")
    if "--verbose" in sys.argv:
        print("\n".join(missing))
    return {f"seeds.{k}": v for k, v in sorted(counts.items())}


def _speed(data: Path) -> dict[str, float]:
    """Articles of 5 kB that quantities and dates are read from, per second of processor time.

    On MEANTIME, which is short and full of figures, and on a sample of the load test's articles.
    """
    figures = {}
    meantime = data / "quantities" / "timex_meantime.jsonl"
    if meantime.exists():
        docs = [document(row["text"], _reference(row)) for row in _rows(meantime)]
        figures["speed.meantime_per_cpu_second"] = _articles_per_second(docs)
    load = data / "load" / "articles.parquet"
    if load.exists():
        texts = pl.scan_parquet(load).select("text").head(20_000).collect()["text"].to_list()
        docs = [document(text, date(2019, 6, 5)) for text in texts[::_SPEED_EVERY]]
        figures["speed.articles_per_cpu_second"] = _articles_per_second(docs)
    return figures


def _articles_per_second(docs: list[CleanDocument]) -> float:
    characters = sum(len(d.text) for d in docs) * _SPEED_ROUNDS
    started = time.process_time()
    for _ in range(_SPEED_ROUNDS):
        for doc in docs:
            fresh = replace(doc)  # without what its last reading has looked up in it
            spans = spans_by_sentence(fresh.text, fresh.sentences, fresh.word_places)
            find_quantities(fresh, spans)
            find_dates(fresh, spans)
    seconds = time.process_time() - started
    return round(characters / 5000 / seconds, 1)


# --- confidence of the rules --------------------------------------------------------------------

_FEWEST_READINGS = 5
# Kinds whose values are marked without saying of which kind they are.
_UNTYPED = {"news_quant": ("count", "age", "duration", "rate")}
_CONFIDENCE_FILES = ("news_quant", "rt_currency", "timex_meantime", "timex_te3", "news_phrases")


def rule_confidences(data: Path) -> dict[str, dict[str, float]]:
    """Share of each rule's readings that are right on dev data, with one right and one wrong added.

    This is what `lexicons/data/rule_confidence_quantities.toml` holds. Rules with fewer than five
    readings are left out.
    """
    shares = shares_by_rule(judged_readings(data), _FEWEST_READINGS)
    return {
        "quantities": {r: c for r, c in shares.items() if not r.startswith("date_")},
        "dates": {r: c for r, c in shares.items() if r.startswith("date_")},
    }


class Judged(NamedTuple):
    """A reading of a rule: the half of the texts it comes from (0 or 1), and if it is right."""

    rule: str
    half: int
    right: bool


def shares_by_rule(readings: Iterable[Judged], fewest: int) -> dict[str, float]:
    """Share of right readings by rule, with one right and one wrong reading added."""
    rights: dict[str, list[bool]] = defaultdict(list)
    for reading in readings:
        rights[reading.rule].append(reading.right)
    return {
        rule: round((sum(of) + 1) / (len(of) + 2), 2)
        for rule, of in sorted(rights.items())
        if len(of) >= fewest
    }


def judged_readings(data: Path) -> list[Judged]:
    """All readings on the dev data that marks can judge.

    A reading is right where the marks have its value and unit; of kinds that the marks don't type
    (counts, ages, scores, measures) where a mark of the same text has its value. The halves are the
    texts at even and odd places of their file.
    """
    folder = data / "quantities"
    found: list[Judged] = []
    for file in _CONFIDENCE_FILES:
        scorer = scorer_of(folder, "all")
        for number, row in enumerate(_rows(folder / f"{file}.jsonl")):
            used: set[int] = set()
            for p in predict(row["text"], _reference(row), file):
                if p["type"] not in row["scope"] and p["type"] not in _UNTYPED.get(file, ()):
                    continue
                typed = p["type"] in row["scope"]
                hit = next(
                    (
                        i
                        for i, gold in enumerate(row["expected"])
                        if i not in used and _is_right(scorer, gold, p, file, typed)
                    ),
                    None,
                )
                if p["rule"] != "change_range":
                    found.append(Judged(p["rule"], number % 2, hit is not None))
                if hit is not None:
                    used.add(hit)
    return found


def _is_right(
    scorer: ModuleType, gold: dict[str, Any], p: dict[str, Any], file: str, typed: bool
) -> bool:
    if file != "news_quant" and not (gold["start"] < p["end"] and p["start"] < gold["end"]):
        return False
    if not typed or p["rule"].startswith("rate_"):
        return bool(scorer.feq(gold["value"], p["value"]))
    return bool(gold["type"] == p["type"] and scorer.veq(gold, p, file))


def run(data: Path, predictions: Path | None) -> dict[str, float]:
    """All figures; writes `summit__<file>.jsonl` into `predictions` where that is given.

    Args:
        data: the evaluation folder, which holds `quantities/` and maybe `seeds/`.
        predictions: a folder for the predictions, created if missing.
    """
    folder = data / "quantities" if (data / "quantities").exists() else data
    with tempfile.TemporaryDirectory() as scratch:
        out = predictions or Path(scratch)
        out.mkdir(parents=True, exist_ok=True)
        figures = _score_files(folder, out)
    if (data / "seeds" / "quantities.json").exists():
        figures |= _seeds(data)
    return figures | _speed(data)


if __name__ == "__main__":
    for key, value in run(Path(sys.argv[1]), Path(sys.argv[2])).items():
        print(f"{key:42} {value}")
