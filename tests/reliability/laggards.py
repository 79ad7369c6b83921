"""Sources that take all the time they are given, beside one that is well: how much later it has what it announced."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from tests.newsroom.exchanges import RequestLog
from tests.newsroom.street import GOOD, open_street, source_at
from tests.unit.crawlers.newsstand import ROOT

WELL, WELL_ID = "late_but_well", "late-but-well"
SLOW_NAME = "slow-name-"
LAGGARDS = ("slow_loris", "slow_headers", "slow_pages")
SLOW_NAMES, UNANSWERED = 12, 120.0  # names, and seconds in which their name server says nothing
LATER, IN_ALL = 5.0, 30.0  # seconds: what the well source may lose, what one source may take of the network
LOOK = 1.0  # seconds by which a busy machine is late to look at the clock


def one_beside_laggards(seed: int, long: bool) -> dict[str, Any]:
    """The well source is done before any laggard is given up, its last page asked for 5 s later than alone at most."""
    beside = _crawl(LAGGARDS, SLOW_NAMES)
    first = beside["ended_in_order"][0] == WELL_ID
    bounded = max(beside["network_seconds"].values()) <= IN_ALL + LOOK
    seen = {
        "laggards": LAGGARDS,
        "slow_names": SLOW_NAMES,
        "beside": beside,
        "held": beside["delivered"] == 2 and first and bounded,
    }
    if not long:  # which judges the order, and no time
        return seen
    alone = _crawl((), 0)
    later = round(beside["last_page_seconds"] - alone["last_page_seconds"], 2)
    held = seen["held"] and alone["delivered"] == 2 and later <= LATER
    return seen | {"alone": alone, "later_seconds": later, "held": held}


def _crawl(faults: Sequence[str], names: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="laggards-") as temporary:
        folder = Path(temporary)
        with open_street((WELL, *faults), folder / "sources") as logs:
            (folder / "sources" / f"{GOOD}.yml").unlink()
            slow = [f"{SLOW_NAME}{number}" for number in range(1, names + 1)]
            for name in slow:
                source = yaml.safe_dump(source_at(name, f"http://{name}.test"))
                (folder / "sources" / f"{name}.yml").write_text(source)
            return _seen(_passes(folder, {f"{name}.test": UNANSWERED for name in slow}), logs)


def _passes(folder: Path, names: dict[str, float]) -> dict[str, dict[str, Any]]:
    """Crawl with the product's own times, in a process whose names come from a table."""
    watched = [
        sys.executable,
        "-m",
        "tests.unit.crawlers.crawl_watched",
        str(folder / "connections"),
        json.dumps(names),
    ]
    options = json.dumps({"delay": 1.0, "timeout": 30.0})
    crawl = [str(folder / "sources"), str(folder / "ledger.sqlite"), "--options", options]
    done = subprocess.run([*watched, *crawl], cwd=ROOT, capture_output=True, check=True, text=True, timeout=900)
    said = (line for line in done.stdout.splitlines() if line.startswith("{"))  # between the lines of the log
    return {one["source"]: one for one in map(json.loads, said)}


def _seen(passes: dict[str, dict[str, Any]], logs: dict[str, RequestLog]) -> dict[str, Any]:
    """Count from the sites' own logs: the first request to any of them is the beginning."""
    began = min(request.at for log in logs.values() for request in log.requests())
    last_page = logs[WELL].requests()[-1].at
    return {
        "delivered": passes[WELL_ID]["stored"],
        "last_page_seconds": round(last_page - began, 2),
        "ended_in_order": [name for name in passes if not name.startswith(SLOW_NAME)],
        "network_seconds": {name: one["network_seconds"] for name, one in passes.items()},
        "dropped": {name: one["dropped"] or one["error"] for name, one in passes.items()},
    }
