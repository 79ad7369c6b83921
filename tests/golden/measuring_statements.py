"""How far the statements that are found agree with those of the golden set."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from records.finding import Examination, Statement
from tests.golden.rates import Row, f1, share

SAME = 0.8
"""Letters that two contents have in common, as a part of the larger, for them to be one."""


def measure_statements(rows: Sequence[Row], found: Mapping[str, Examination]) -> dict[str, float]:
    """F1 of passages, of contents, of contents with their speaker; then mode, affiliation, stance where stated.

    A row's ``statements`` are the expected ones with the fields of the contract.
    """
    counts: Counter[str] = Counter()
    for row in rows:
        _count(counts, row["text"], list(row["statements"]), list(found[row["id"]].statements))
    missed, extra = counts["expected"] - counts["spans"], counts["found"] - counts["spans"]
    unsaid, misread = counts["expected"] - counts["speakers"], counts["found"] - counts["speakers"]
    return {
        "detection": f1(counts["passages"], counts["false alarms"], counts["silent"]),
        "spans": f1(counts["spans"], extra, missed),
        "speakers": f1(counts["speakers"], misread, unsaid),
        "mode": share(counts["mode"], counts["spans"]),
        "affiliation": share(counts["affiliation"], counts["affiliation stated"]),
        "stance": share(counts["stance"], counts["stance stated"]),
    }


def _count(counts: Counter[str], text: str, expected: list[Mapping[str, Any]], statements: list[Statement]) -> None:
    counts["passages"] += bool(expected and statements)
    counts["silent"] += bool(expected and not statements)
    counts["false alarms"] += bool(statements and not expected)
    counts["expected"] += len(expected)
    counts["found"] += len(statements)
    for wanted in expected:
        same = max(statements, key=lambda statement: _overlap(text, wanted["spans"], statement.spans), default=None)
        if same is None or _overlap(text, wanted["spans"], same.spans) < SAME:
            continue
        statements.remove(same)
        counts["spans"] += 1
        counts["speakers"] += _same_speaker(wanted, same)
        counts["mode"] += same.mode == wanted["mode"]
        for name in ("affiliation", "stance"):
            if wanted.get(name) is not None:
                counts[f"{name} stated"] += 1
                counts[name] += getattr(same, name) == wanted[name]


def _same_speaker(wanted: Mapping[str, Any], statement: Statement) -> bool:
    if wanted["speaker"] is None:
        return statement.speaker is None
    named = (statement.speaker, statement.speaker_full)
    return wanted["speaker"] in named or (wanted.get("speaker_full") is not None and wanted["speaker_full"] in named)


def _overlap(text: str, one: Iterable[Sequence[int]], other: Iterable[Sequence[int]]) -> float:
    ours, theirs = _letters(text, one), _letters(text, other)
    return len(ours & theirs) / max(len(ours), len(theirs), 1)


def _letters(text: str, spans: Iterable[Sequence[int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end) if text[at].isalnum()}
