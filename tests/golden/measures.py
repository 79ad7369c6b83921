"""How far what is found agrees with what the golden sets say, for each kind."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from detection.examine import examine
from records.finding import Document, Examination

Row = Mapping[str, Any]
"""A passage: ``id``, ``language``, ``text``, ``title``?, ``published``? and what is to be found in it."""

Measure = Callable[[Sequence[Row], Mapping[str, Examination]], dict[str, float]]
"""Takes the passages and what was found in them (id -> examination); a measure's value is from 0 to 1, 1 is best."""


def read_rows(path: Path) -> list[Row]:
    """The passages of a set, one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def examine_row(row: Row) -> Examination:
    """What detection says of a passage."""
    return examine(as_document(row))


def as_document(row: Row) -> Document:
    """A passage as the text to examine."""
    published = row.get("published") or row.get("published_at")
    instant = None if published is None else datetime.fromisoformat(published)
    return Document(
        id=row["id"],
        text=row["text"],
        title=row.get("title"),
        language=row["language"],
        published_at=instant.replace(tzinfo=UTC) if instant and instant.tzinfo is None else instant,
    )


def f1(hits: int, false_alarms: int, misses: int) -> float:
    """The harmonic mean of precision and recall; 1 when there was nothing to find and nothing was found."""
    return 2 * hits / (2 * hits + false_alarms + misses) if hits + false_alarms + misses else 1.0


def share(hits: int, of: int) -> float:
    """The part of ``of`` that was hit; 1 of nothing."""
    return hits / of if of else 1.0


def measure_relevance(rows: Sequence[Row], found: Mapping[str, Examination]) -> dict[str, float]:
    """F1, precision and recall of ``on_topic`` against ``relevant``."""
    counts = Counter((bool(row["relevant"]), found[row["id"]].relevance.on_topic) for row in rows)
    hits, false_alarms, misses = counts[True, True], counts[False, True], counts[True, False]
    return {
        "f1": f1(hits, false_alarms, misses),
        "precision": share(hits, hits + false_alarms),
        "recall": share(hits, hits + misses),
    }


MEASURES: dict[str, Measure] = {"relevance": measure_relevance}
"""Kind -> its measure; the golden set of a kind is ``tests/golden/<kind>.jsonl``."""
