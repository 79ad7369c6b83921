"""How far the milestones that are found agree with those of the golden set."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from records.finding import Examination, Milestone
from tests.golden.rates import Row, f1, share

FIELDS = ("certainty", "event_date", "count")


def measure_milestones(rows: Sequence[Row], found: Mapping[str, Examination]) -> dict[str, float]:
    """F1 of the steps found (type and subject must agree), and the share of each field where the set states it.

    A row's ``milestones`` are the expected ones with the fields of the contract.
    """
    counts: Counter[str] = Counter()
    for row in rows:
        _count(counts, list(row["milestones"]), list(found[row["id"]].milestones))
    return {
        "f1": f1(counts["hits"], counts["found"] - counts["hits"], counts["expected"] - counts["hits"]),
        "precision": share(counts["hits"], counts["found"]),
        "recall": share(counts["hits"], counts["expected"]),
        **{name: share(counts[name], counts[f"{name} stated"]) for name in FIELDS},
    }


def _count(counts: Counter[str], expected: list[Mapping[str, Any]], milestones: list[Milestone]) -> None:
    counts["expected"] += len(expected)
    counts["found"] += len(milestones)
    for wanted in expected:
        same = [m for m in milestones if m.type == wanted["type"] and m.subject == wanted.get("subject")]
        if not same:
            continue
        milestones.remove(same[0])
        counts["hits"] += 1
        for name in FIELDS:
            if wanted.get(name) is not None:
                counts[f"{name} stated"] += 1
                counts[name] += str(getattr(same[0], name)) == str(wanted[name])
