"""How far the votes that are found agree with those of the golden set."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from records.finding import Examination, Vote
from tests.golden.rates import Row, f1, share

TALLY = ("in_favour", "against", "abstain")
FIELDS = ("outcome", "method", "body", "symbol", "standing", "event_date", "on_topic")


def measure_votes(rows: Sequence[Row], found: Mapping[str, Examination]) -> dict[str, float]:
    """F1 of the votes found, the share of exact tallies, and of each field where the set states it.

    A row's ``votes`` are the expected ones with the fields of the contract; a field that is left out is
    not measured, one that is null must be null (the tally) or is not measured (all others).
    """
    counts: Counter[str] = Counter()
    for row in rows:
        _count(counts, list(row["votes"]), list(found[row["id"]].votes))
    return {
        "f1": f1(counts["hits"], counts["found"] - counts["hits"], counts["expected"] - counts["hits"]),
        "precision": share(counts["hits"], counts["found"]),
        "recall": share(counts["hits"], counts["expected"]),
        "tally": share(counts["tally"], counts["hits"]),
        **{name: share(counts[name], counts[f"{name} stated"]) for name in FIELDS},
    }


def _count(counts: Counter[str], expected: list[Mapping[str, Any]], votes: list[Vote]) -> None:
    counts["expected"] += len(expected)
    counts["found"] += len(votes)
    for wanted in expected:
        if not votes:
            return
        nearest = max(votes, key=lambda vote: _likeness(wanted, vote))
        votes.remove(nearest)
        counts["hits"] += 1
        counts["tally"] += all(getattr(nearest, name) == wanted.get(name) for name in TALLY)
        for name in FIELDS:
            if wanted.get(name) is not None:
                counts[f"{name} stated"] += 1
                counts[name] += _text(getattr(nearest, name)) == _text(wanted[name])


def _likeness(wanted: Mapping[str, Any], vote: Vote) -> float:
    same = float(sum(getattr(vote, name) == wanted.get(name) for name in TALLY))
    return same + 0.1 * (vote.outcome == wanted.get("outcome")) + 0.1 * (vote.body == wanted.get("body"))


def _text(value: object) -> str:
    return str(value)
