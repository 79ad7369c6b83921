"""Writers and rebuilds that are killed at any point leave an index that the next pass completes."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from indexing.cluster import ClusterIndex
from indexing.delivering import deliver
from indexing.index import Index
from indexing.rebuilding import rebuild, verify
from ledger.leases import this_owner
from ledger.opening import Ledger
from tests.unit.indexing.conftest import NOW
from tests.unit.indexing.test_delivering import store, titles

KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from indexing.delivering import deliver
from indexing.opening import open_index
from indexing.rebuilding import rebuild
from ledger.leases import this_owner
from ledger.opening import open_ledger

work, after, url, target, home, prefix, now = sys.argv[1:]
instant = datetime.fromisoformat(now)
ledger = open_ledger(url, now=instant)
index = open_index(target, home=Path(home), prefix=prefix)
whole = getattr(index, "rebuild" if work == "rebuild" else "put")

def dying(documents):
    for number, putting in enumerate(whole(documents)):
        if number == int(after):
            os.kill(os.getpid(), signal.SIGKILL)
        yield putting

setattr(index, whole.__name__, dying)
if work == "rebuild":
    rebuild(ledger, index, now=instant)
else:
    deliver(ledger, index, now=instant, owner=this_owner())
"""


@pytest.mark.parametrize(("work", "after"), [("deliver", 0), ("deliver", 30), ("rebuild", 10)])
def test_the_next_pass_completes_what_a_killed_one_began(
    work: str, after: int, ledger: Ledger, index: Index, tmp_path: Path
) -> None:
    """Nothing is missing, nothing doubled, no lease or half-made version stands in the way."""
    store(ledger, *(f"n{number}" for number in range(60)))
    if work == "rebuild":
        deliver(ledger, index, now=NOW, owner=this_owner())
    target, prefix = (index.name, index.prefix) if isinstance(index, ClusterIndex) else ("embedded", "unused")
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    arguments = [work, str(after), url, target, str(tmp_path), prefix, NOW.isoformat()]
    died = subprocess.run([sys.executable, "-c", KILLED, *arguments], capture_output=True, text=True, timeout=120)
    assert died.returncode == -signal.SIGKILL, died.stderr
    counts = deliver(ledger, index, now=NOW, owner=this_owner())
    assert (counts.postponed, counts.refused, counts.error) == (0, 0, None)
    assert verify(ledger, index).agrees
    assert len(titles(index)) == 60
    assert rebuild(ledger, index, now=NOW).indexed == 60
    assert verify(ledger, index).agrees
