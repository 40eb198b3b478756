"""The worst bodies that limits let through cost the parent process less than 512 MB."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="a peak is read from Linux's /proc"
)

# Each makes one body of ten million bytes, the most that a fetch lets through.
WORST = {
    "one text": "b'<item><title>' + 'é'.encode() * 4_990_000 + b'</title></item>'",
    "many items": "b'<item><title>a</title><link>http://a.example/</link></item>' * 165_000",
    "many marks": "b'<item><description>' + b'&lt;b&gt;' * 1_100_000 + b'</description></item>'",
    "half an item": "b'<item><title>' + b'x' * 9_900_000",
    "no feed": "b'x' * 9_900_000",
}

SCRIPT = """
from pathlib import Path
from summit_pipeline.ingest.feed_items import items_of_feed
from summit_pipeline.ingest.parsing_child import ParsingChild
from summit_pipeline.ingest.sources import Source

body = {items}
if not body.startswith(b"x"):
    body = b"<rss version='2.0'><channel>" + body + b"</channel></rss>"
assert 9_000_000 < len(body) < 10_000_000
with ParsingChild() as child:
    feed = child.feed(body)
    seen = list(items_of_feed(feed, Source(name="s", kind="feed", path=Path()), "f", body))
assert seen
# Not ru_maxrss: that is never less than what the process that starts this one held.
status = Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


@pytest.mark.parametrize("worst", WORST)
def test_the_parent_stays_small(worst: str) -> None:
    script = SCRIPT.format(items=WORST[worst])
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert int(done.stdout) < 512_000
