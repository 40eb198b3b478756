"""One system's predictions: `python -m benchmarks.peers.predict TASK PEER DATA OUT`.

Runs in the peers' environment, for PEER "ours" in the project's. TASK is quotes or quantities, DATA
the evaluation folder, OUT a folder; writes what the scorers read there, and `<peer>.json` with
version, speed and memory. Speed is per second of processor time without loading, memory the peak of
the whole process.
"""

import importlib
import importlib.metadata
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.peers import quantity_peers, quotation_peers

OURS = "ours"
QUOTES_FILE = "polnear_small.jsonl"
# The news sets, and the Recognizers' own cases; the others measure what news seldom has.
QUANTITY_FILES = (
    "news_quant", "timex_meantime", "timex_te3", "news_phrases", "rt_currency", "rt_percent",
)  # fmt: skip


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def quotes(peer: str, data: Path, out: Path) -> dict[str, float]:
    """Predict the quotations of the small PolNeAR set."""
    read = _ours().read_quotations if peer == OURS else quotation_peers.PEERS[peer][0]()
    read("“It is done,” Ann Lee said.")
    words, started = 0, time.process_time()
    predicted = []
    for article in lines(data / "quotes" / QUOTES_FILE):
        predicted.append({"doc_id": article["doc_id"], "quotes": read(article["text"])})
        words += len(article["text"].split())
    seconds = time.process_time() - started
    _write(out / f"{peer}.jsonl", predicted)
    return {"words_per_cpu_second": words / seconds}


def quantities(peer: str, data: Path, out: Path) -> dict[str, float]:
    """Predict the amounts and dates of the sets."""
    read = _ours().read_quantities if peer == OURS else quantity_peers.PEERS[peer][0]()
    read("It paid $1 million on Friday.", "2024-01-05", "news_phrases")
    characters, started = 0, time.process_time()
    for file in QUANTITY_FILES:
        rows = lines(data / "quantities" / f"{file}.jsonl")
        predicted = [{"id": r["id"], "pred": read(r["text"], r.get("ref"), file)} for r in rows]
        characters += sum(len(r["text"]) for r in rows)
        _write(out / f"{peer}__{file}.jsonl", predicted)
    seconds = time.process_time() - started
    return {"articles_per_cpu_second": characters / 5000 / seconds}


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")


def _ours() -> Any:
    """Our own extractors, which the peers' environment can't import."""
    return importlib.import_module("benchmarks.peers.ours")


def _version(distribution: str) -> str:
    return importlib.metadata.version(distribution) if distribution else ""


def main() -> None:
    task, peer, data, out = sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
    known: dict[str, tuple[Any, str]] = {OURS: (None, "summit-pipeline")}
    known |= quotation_peers.PEERS if task == "quotes" else quantity_peers.PEERS
    predict = {"quotes": quotes, "quantities": quantities}[task]
    figures: dict[str, Any] = dict(predict(peer, data, out))
    figures["version"] = _version(known[peer][1])
    figures["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    (out / f"{peer}.json").write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
