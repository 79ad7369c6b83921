"""Twenty good sources beside five hostile ones: what the hostile ones cost the good ones."""

import json
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from tests.bench.measuring import MemoryWatch
from tests.newsroom.street import GOOD, open_street
from tests.newsroom.watching import COMMAND

HOSTILE = ("slow_loris", "gzip_bomb", "endless_feed", "paragraph_bomb", "header_flood")
MOST_MB, NORMAL_MB, TIMES = 400, 250, 2.0


def twenty_good(seed: int, long: bool) -> dict[str, Any]:
    """All good ones delivered, the last in twice its clean time at most; memory of each process within its bound."""
    good = 20 if long else 4
    alone, beside = _crawl((), good), _crawl(HOSTILE, good)
    whole = alone["delivered"] == beside["delivered"] == 2 * good
    slower = round(beside["last_good_seconds"] / alone["last_good_seconds"], 2)
    bounded = alone["peak_mb"] <= NORMAL_MB and beside["peak_mb"] <= MOST_MB
    return {
        "good": good,
        "hostile": HOSTILE,
        "alone": alone,
        "beside": beside,
        "times_slower": slower,
        "held": whole and bounded and (slower <= TIMES or not long),  # time is judged in the long form only
    }


def _crawl(faults: Sequence[str], good: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="beside-") as name:
        folder = Path(name)
        with open_street(faults, folder / "sources", good=good):
            kept = {key: value for key, value in os.environ.items() if not key.startswith("CONVENTION_WATCH_")}
            given = {"HOME": folder / "home", "SOURCES": folder / "sources", "ALLOW_NETWORKS": "127.0.0.0/8"}
            environment = kept | {f"CONVENTION_WATCH_{key}": str(value) for key, value in given.items()}
            before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
            with subprocess.Popen([COMMAND, "crawl", "--json"], env=environment, stdout=subprocess.PIPE) as child:
                memory = MemoryWatch(child.pid)
                memory.start()
                out, _ = child.communicate(timeout=900)
                memory.stop()
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
        passes = {one["source"]: one for one in map(json.loads, out.splitlines())}
        honest = [one for name, one in passes.items() if name == GOOD or name.startswith(f"{GOOD}-")]
        return {
            "delivered": sum(one["stored"] for one in honest),
            "last_good_seconds": round(_last_good(folder / "home" / "ledger.sqlite") - began, 1),
            "cpu_seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1),
            "peak_mb": round(memory.peak_process_mb),
            "dropped": {name: one["dropped"] or one["error"] for name, one in passes.items() if one not in honest},
        }


def _last_good(ledger: Path) -> float:
    """Return when the last good source had ended, in seconds of the clock."""
    engine = create_engine(f"sqlite:///{ledger}")
    try:
        with engine.connect() as conn:
            at = conn.execute(text("select max(ended_at) from passes where source like 'good%'")).scalar_one()
    finally:
        engine.dispose()
    return datetime.fromisoformat(str(at)).timestamp()
