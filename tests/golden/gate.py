"""The gate: what detection reaches on the golden sets is pinned, and may not fall.

``python -m tests.golden.gate`` measures and compares; ``--update`` pins what is reached now, and refuses to
lower a floor unless ``--allow-regression`` says that this is meant. A floor is pinned with the digest of its
set: a changed set must be pinned anew, so that nobody reaches a floor by changing what is measured.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from records.finding import Examination
from tests.golden.measures import MEASURES, examine_row, read_rows
from tests.golden.rates import Row

FOLDER = Path(__file__).parent
FLOORS = FOLDER / "floors.json"

TOLERANCE = 0.0005
"""A measure may be this far below its floor: no more than rounding."""


@dataclass(frozen=True, slots=True)
class Fall:
    """A measure below its floor, or a set that is not the one that was pinned."""

    kind: str
    measure: str
    floor: float | str
    reached: float | str

    def __str__(self) -> str:
        return f"{self.kind}: {self.measure} is {self.reached}, its floor {self.floor}"


def kinds() -> tuple[str, ...]:
    """The kinds that have a golden set."""
    return tuple(kind for kind in MEASURES if (FOLDER / f"{kind}.jsonl").exists())


def golden_rows(kind: str) -> list[Row]:
    """The passages of a kind's golden set."""
    return read_rows(FOLDER / f"{kind}.jsonl")


def set_digest(kind: str) -> str:
    """What tells two versions of a golden set apart: SHA-256 of the file, hex."""
    return hashlib.sha256((FOLDER / f"{kind}.jsonl").read_bytes()).hexdigest()


def measure(kind: str) -> dict[str, float]:
    """What detection reaches on a kind's set: measure -> value from 0 to 1, in all languages and in each."""
    rows = golden_rows(kind)
    return measure_found(kind, rows, {row["id"]: examine_row(row) for row in rows})


def measure_found(kind: str, rows: Sequence[Row], found: Mapping[str, Examination]) -> dict[str, float]:
    """The same, of examinations already made (id -> examination)."""
    reached = dict(MEASURES[kind](rows, found))
    for language in sorted({row["language"] for row in rows}):
        part = MEASURES[kind]([row for row in rows if row["language"] == language], found)
        reached |= {f"{language} {name}": value for name, value in part.items()}
    return {name: round(value, 4) for name, value in reached.items()}


def read_floors() -> dict[str, dict[str, object]]:
    """The pinned floors: kind -> ``digest`` and ``floors``."""
    floors: dict[str, dict[str, object]] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    return floors


def compare(kind: str, reached: Mapping[str, float], pinned: Mapping[str, object]) -> list[Fall]:
    """Where a kind falls short of what is pinned."""
    if pinned.get("digest") != set_digest(kind):
        return [Fall(kind, "the set", str(pinned.get("digest")), set_digest(kind))]
    return lowered(kind, reached, pinned)


def lowered(kind: str, reached: Mapping[str, float], pinned: Mapping[str, object]) -> list[Fall]:
    """The floors that ``reached`` does not reach, whatever the digest of the set."""
    floors = pinned.get("floors", {})
    assert isinstance(floors, dict)
    return [
        Fall(kind, name, floor, reached.get(name, 0.0))
        for name, floor in floors.items()
        if reached.get(name, 0.0) < floor - TOLERANCE
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measures all kinds; 0 when nothing fell (or all was pinned anew), 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="pin what is reached now")
    parser.add_argument("--allow-regression", action="store_true", help="pin it even where a floor is lowered")
    options = parser.parse_args(arguments)
    floors = read_floors()
    falls: list[Fall] = []
    for kind in kinds():
        reached = measure(kind)
        pinned = floors.get(kind, {})
        short = lowered(kind, reached, pinned) if options.update else compare(kind, reached, pinned)
        falls += short
        if options.update and (options.allow_regression or not short):
            floors[kind] = {"digest": set_digest(kind), "floors": reached}
        print(kind, json.dumps({name: value for name, value in reached.items() if " " not in name}))  # noqa: T201
    if options.update:
        FLOORS.write_text(json.dumps(floors, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for fall in falls:
        print(fall, file=sys.stderr)  # noqa: T201
    return 1 if falls and not (options.update and options.allow_regression) else 0


if __name__ == "__main__":
    sys.exit(main())
