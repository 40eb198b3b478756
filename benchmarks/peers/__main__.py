"""All systems on one table: `python -m benchmarks.peers [--environment DIR] [--data DIR]`.

Makes the peers' environment if it is missing (`requirements.txt`, 660 MB), lets every system
predict in a process of its own, one after the other, scores all with the scorers of the evaluation
data and writes the section "peers" of docs/benchmarks.md. A peer that can't be installed or fails
is left out of the table with the reason. Takes about ten minutes of processor time.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import quantities, quotes
from benchmarks.__main__ import data_folder
from benchmarks.pages import DOCS, table, write_section
from benchmarks.peers import quantity_peers, quotation_peers
from benchmarks.peers.predict import OURS, QUANTITY_FILES, QUOTES_FILE, lines

HERE = Path(__file__).resolve().parent
_REPOSITORY = HERE.parent.parent
# Installed by itself: its pins are older than what its code runs with, see requirements.txt.
_WITHOUT_DEPENDENCIES = ("sayswho==0.1.4",)
_SETTINGS = {
    "textacy_whole": "a document at a time, as shipped; small spaCy model",
    "textacy_paragraphs": "a paragraph at a time; small spaCy model",
    "sayswho": "its quote finder, a paragraph at a time; small spaCy model; no coreference model",
    "quantulum3": "with its classifier; no dates",
    "recognizers": "the fork of 2024: currency, percentage, date-time; all its readings offered",
    "plain_regex": "ten minutes' work",
    OURS: "as in the product; from the bare text",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--environment", type=Path, default=Path(tempfile.gettempdir()) / "peers")
    parser.add_argument("--data", type=Path)
    options = parser.parse_args()
    data = data_folder(options.data).resolve()
    python = _environment(options.environment)
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch)
        ran = {
            task: {peer: _predict(python, task, peer, data, out / task) for peer in (OURS, *peers)}
            for task, peers in (
                ("quotes", quotation_peers.PEERS),
                ("quantities", quantity_peers.PEERS),
            )
        }
        section = [
            *_quotes_table(data, out / "quotes", ran["quotes"]),
            "",
            *_quantities_table(data, out / "quantities", ran["quantities"]),
        ]
    write_section(DOCS / "benchmarks.md", "peers", section)
    print("\n".join(section))
    return 0


def _environment(folder: Path) -> Path:
    """The Python of the peers' environment, which is made if it is missing."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet"]
        subprocess.run([*install, "-r", str(HERE / "requirements.txt")], check=True)
        subprocess.run([*install, "--no-deps", *_WITHOUT_DEPENDENCIES], check=True)
    return python


def _predict(python: Path, task: str, peer: str, data: Path, out: Path) -> dict[str, Any]:
    """Speed, memory and version of a system that has predicted; or {"failed": the reason}."""
    out.mkdir(exist_ok=True)
    interpreter = Path(sys.executable) if peer == OURS else python
    command = [str(interpreter), "-W", "ignore", "-m", "benchmarks.peers.predict", task, peer]
    done = subprocess.run(
        [*command, str(data), str(out)],
        cwd=_REPOSITORY,
        env=os.environ | {"OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
        return {"failed": reason[:120]}
    figures: dict[str, Any] = json.loads((out / f"{peer}.json").read_text(encoding="utf-8"))
    return figures


def _label(peer: str, figures: dict[str, Any]) -> str:
    name = "**ours**" if peer == OURS else peer.replace("_", " ")
    return f"{name} {figures.get('version', '')}".strip()


def _quotes_table(data: Path, out: Path, ran: dict[str, dict[str, Any]]) -> list[str]:
    scorer = quotes.scorer_of(data)
    gold = lines(data / "quotes" / QUOTES_FILE)
    rows = []
    for peer, figures in ran.items():
        if "failed" in figures:
            rows.append([_label(peer, figures), f"failed: {figures['failed']}", *[""] * 7])
            continue
        predicted = {row["doc_id"]: row["quotes"] for row in lines(out / f"{peer}.jsonl")}
        scores = scorer.score(gold, predicted)
        joint = scores["T1 joint"]
        rows.append([
            _label(peer, figures), _SETTINGS[peer], f"{scores['T1 exact']['F']:.1f}",
            f"{joint['P']:.1f} / {joint['R']:.1f}", f"{joint['F']:.1f}",
            f"{scores['T2 partial']['F']:.1f}", f"{scores['T2 joint']['F']:.1f}",
            f"{figures['words_per_cpu_second']:,.0f}", f"{figures['megabytes']:.0f}",
        ])  # fmt: skip
    header = ["system", "settings", "stretches exact F1", "stretch + speaker P / R",
              "stretch + speaker F1", "statements F1", "statement + speaker F1",
              "words per CPU-second", "peak MB"]  # fmt: skip
    return [f"Quotations and statements, PolNeAR, {len(gold)} articles:", "", *table(header, rows)]


def _quantities_table(data: Path, out: Path, ran: dict[str, dict[str, Any]]) -> list[str]:
    folder = data / "quantities"
    scorer = quantities.scorer_of(folder, "all")
    scorer.__dict__["PD"] = str(out)
    phrases = lines(folder / "news_phrases.jsonl")
    rows = []
    for peer, figures in ran.items():
        if "failed" in figures:
            failed = f"failed: {figures['failed']}"
            rows.append([_label(peer, figures), failed, *[""] * (len(QUANTITY_FILES) + 2)])
            continue
        values = []
        for file in QUANTITY_FILES:
            predictions = out / f"{peer}__{file}.jsonl"
            if file == "news_phrases":
                found = quantities.phrases_right(phrases, predictions, scorer)
                stray = found["news_phrases.stray"]
                read = f"{found['news_phrases.right']:.0f} of {found['news_phrases.of']:.0f}"
                values.append(read + (f", {stray:.0f} stray" if stray else ""))
            elif not any(row["pred"] for row in lines(predictions)):
                values.append("none")
            else:
                values.append(f"{scorer.score(peer, file)[0]['val'][2]:.1f}")
        rows.append([
            _label(peer, figures), _SETTINGS[peer], *values,
            f"{figures['articles_per_cpu_second']:.1f}", f"{figures['megabytes']:.0f}",
        ])  # fmt: skip
    header = ["system", "settings", "NewsQuant money + percent", "MEANTIME dates",
              "TempEval-3 dates", "news phrases", "Recognizers' currency cases",
              "Recognizers' percent cases", "articles of 5 kB per CPU-second",
              "peak MB"]  # fmt: skip
    return ["Amounts and dates, F1 of readings with the right value and unit:", "",
            *table(header, rows)]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
