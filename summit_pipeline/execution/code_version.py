"""The version of a stage's code: a hash of the files that can change its results.

A stage's rows are made again when this changes, so nobody has to remember to raise a number.
"""

import functools
import hashlib
from pathlib import Path

import summit_pipeline
from summit_pipeline.lexicons.learned import pinned_folder

_SHARED = ("vocabulary.py", "rows.py", "text", "lexicons")
# What a stage is handed from another one.
_LENT = {"normalise": ("ingest/page_text.py",)}


@functools.cache
def code_version(stage: str) -> str:
    """Twelve hexadecimal digits for a stage: its package, and what all stages share.

    A pinned learned version counts as code: it changes grades.
    """
    root = Path(summit_pipeline.__file__).parent
    digest = hashlib.sha256()
    for name in (*_SHARED, stage, *_LENT.get(stage, ())):
        path = root / name
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
        for file in files:
            if file.suffix == ".pyc":
                continue
            digest.update(file.relative_to(root).as_posix().encode())
            digest.update(file.read_bytes())
    pinned = pinned_folder()
    if pinned is not None:
        digest.update(pinned.name.encode())
    return digest.hexdigest()[:12]
