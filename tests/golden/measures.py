"""How far what is found agrees with what the golden sets say, for each kind."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from detection.examine import examine
from records.finding import Document, Examination
from tests.golden.measuring_milestones import measure_milestones
from tests.golden.measuring_statements import measure_statements
from tests.golden.measuring_votes import measure_votes
from tests.golden.rates import Measure, Row, f1, share


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


def measure_relevance(rows: Sequence[Row], found: Mapping[str, Examination]) -> dict[str, float]:
    """F1, precision and recall of ``on_topic`` against ``relevant``."""
    counts = Counter((bool(row["relevant"]), found[row["id"]].relevance.on_topic) for row in rows)
    hits, false_alarms, misses = counts[True, True], counts[False, True], counts[True, False]
    return {
        "f1": f1(hits, false_alarms, misses),
        "precision": share(hits, hits + false_alarms),
        "recall": share(hits, hits + misses),
    }


MEASURES: dict[str, Measure] = {
    "relevance": measure_relevance,
    "votes": measure_votes,
    "statements": measure_statements,
    "milestones": measure_milestones,
}
"""Kind -> its measure; the golden set of a kind is ``tests/golden/<kind>.jsonl``."""
