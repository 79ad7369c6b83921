"""Writes what a search finds into a file for other programs: a table (CSV) or whole documents (JSON lines)."""

import csv
import json
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

COLUMNS = (
    "published_at", "source", "publisher", "language", "title", "url", "kinds", "states", "speakers", "on_topic",
    "lag_seconds", "story", "id",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet would run."""


def write_csv(documents: Iterable[Mapping[str, Any]], file: TextIO) -> int:
    """Write a table with a heading; return the number of rows. Open ``file`` with ``newline=""``.

    A cell that a spreadsheet would take for a formula begins with an apostrophe. Several values stand in one cell,
    separated by "; "; an unknown value is an empty cell.
    """
    table = csv.writer(file)
    table.writerow(COLUMNS)
    rows = 0
    for document in documents:
        table.writerow([_cell(document.get(column)) for column in COLUMNS])
        rows += 1
    return rows


def write_jsonl(documents: Iterable[Mapping[str, Any]], file: TextIO) -> int:
    """Write each document as a JSON object on a line of its own; return the number of lines."""
    lines = 0
    for document in documents:
        file.write(json.dumps(document, ensure_ascii=False) + "\n")
        lines += 1
    return lines


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "; ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not isinstance(value, int) else text
