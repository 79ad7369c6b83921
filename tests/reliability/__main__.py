"""``python -m tests.reliability NAME [--seed N] [--long]``: one JSON object; exit 0 when the promise held, else 1."""

import argparse
import json
import resource
import sys
import time
from typing import Any

from tests.reliability.promises import PROMISES
from watch.logs import configure_logs


def main() -> int:
    """Try one promise, or ``all`` of them, one after another."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.add_argument("name", choices=[*PROMISES, "all"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--long", action="store_true", help="the numbers of docs/guarantees.md; takes long")
    parser.add_argument("--verbose", action="store_true", help="say on the way what was seen so far")
    asked = parser.parse_args()
    configure_logs(verbose=asked.verbose)
    names = list(PROMISES) if asked.name == "all" else [asked.name]
    held = [_try(name, asked.seed, asked.long) for name in names]
    return 0 if all(held) else 1


def _try(name: str, seed: int, long: bool) -> bool:
    began, before = time.monotonic(), _cpu_seconds()
    result: dict[str, Any] = {"promise": name, "seed": seed, "long": long, **PROMISES[name](seed, long)}
    result["seconds"] = round(time.monotonic() - began, 1)
    result["cpu_seconds"] = round(_cpu_seconds() - before, 1)
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return bool(result["held"])


def _cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    sys.exit(main())
