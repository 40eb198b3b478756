"""Which learned state the lexicons of word choice are pinned to, if any.

`summit learn` writes versions of a pair lexicon and of background counts into DIR/learned/VERSION,
never into the package. A process uses none of them unless the environment variable SUMMIT_LEARNED
names the folder of one version when it starts (`summit run --learned VERSION` sets it, and worker
processes inherit it); a run so stands on one version from its first text to its last.

Belongs here: finding and naming that version. Does not belong here: learning (`execution.learning`)
or what the tables mean (`spun_pairs`, `background`).
"""

import functools
import hashlib
import os
from importlib.resources import files
from pathlib import Path

from summit_pipeline.lexicons import read_rows

SPUN_PAIRS = "spun_pairs.tsv"
BACKGROUND = "background_pairs.tsv.gz"
OUTLET_ACCURACIES = "outlet_accuracies.tsv"
VARIABLE = "SUMMIT_LEARNED"


def pinned_folder() -> Path | None:
    """The folder of the pinned version, None where the shipped state is used alone.

    Raises:
        FileNotFoundError: if the variable names a folder without a learned pair lexicon.
    """
    named = os.environ.get(VARIABLE)
    if not named:
        return None
    folder = Path(named)
    if not (folder / SPUN_PAIRS).exists():
        raise FileNotFoundError(2, f"{VARIABLE} names no learned version", named)
    return folder


def learned_rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of the pinned version; none where nothing is pinned.

    A version from before a table was learned does not hold it.
    """
    folder = pinned_folder()
    if folder is None or not (folder / name).exists():
        return []
    return read_rows((folder / name).read_text(encoding="utf-8"))


@functools.cache
def learned_version() -> str:
    """What `ops.runs` records: the hash of the shipped tables, "+" the pinned version if any."""
    digest = hashlib.sha256()
    for name in (SPUN_PAIRS, BACKGROUND):
        digest.update((files(__package__) / "data" / name).read_bytes())
    shipped = f"shipped-{digest.hexdigest()[:12]}"
    folder = pinned_folder()
    return shipped if folder is None else f"{shipped}+{folder.name}"
