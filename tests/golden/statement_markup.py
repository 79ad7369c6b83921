"""Builds the golden set of statements from marked-up passages: ``statements/<code>.txt`` -> ``statements.jsonl``.

One passage a line: ``{1:…}`` holds what statement 1 says (several braces: several stretches), ``<1:…>`` its
speaker (``<1,2:…>`` speaks twice, the second time unnamed). Behind ``##`` come the labels, separated by
``;``: number, affiliation (blanks as hyphens, ``-`` for none), stance (``-`` when it does not concern the
convention), and ``direct`` where speech stands without marks, ``indirect`` where only a name stands in
them. A line without statements is a near miss.
"""

import json
import re
from pathlib import Path
from typing import Any

from detection.kinds.statement_spans import clean_spans, read_mode
from detection.quotes import find_quotes

FOLDER = Path(__file__).parent
SOURCES = FOLDER / "statements"
_MARK = re.compile(r"\{(\d+):|<([\d,]+):|\}|>")


def build() -> str:
    """The whole set, one JSON object a line, in the order of languages and lines."""
    rows = [row for path in sorted(SOURCES.glob("*.txt")) for row in _read_file(path)]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def read_passage(marked: str) -> tuple[str, dict[int, list[tuple[int, int]]], dict[int, tuple[int, int]]]:
    """The plain text of a marked passage, and the offsets of contents and speakers by number."""
    text = ""
    contents: dict[int, list[tuple[int, int]]] = {}
    speakers: dict[int, tuple[int, int]] = {}
    opened: list[tuple[str, str, int]] = []
    at = 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        if match[0] in "}>":
            kind, numbers, start = opened.pop()
            for number in map(int, numbers.split(",")):
                if kind == "content":
                    contents.setdefault(number, []).append((start, len(text)))
                else:
                    speakers[number] = (start, len(text))
        else:
            opened.append(("content", match[1], len(text)) if match[1] else ("speaker", match[2], len(text)))
    return text + marked[at:], contents, speakers


def _read_file(path: Path) -> list[dict[str, Any]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [_read_line(path.stem, number, line) for number, line in enumerate(lines, start=1)]


def _read_line(language: str, number: int, line: str) -> dict[str, Any]:
    marked, _, labels = line.partition("##")
    text, contents, speakers = read_passage(marked.strip())
    fields = {int(label.split()[0]): label.split()[1:] for label in labels.split(";") if label.strip()}
    statements = [
        _statement(text, contents[key], speakers.get(key), fields.get(key, ["-", "-"])) for key in sorted(contents)
    ]
    return {"id": f"{language}-{number:02}", "language": language, "text": text, "statements": statements}


def _statement(
    text: str, contents: list[tuple[int, int]], speaker: tuple[int, int] | None, labels: list[str]
) -> dict[str, Any]:
    spans = clean_spans(text, contents)
    return {
        "speaker": text[speaker[0] : speaker[1]] if speaker else None,
        "speaker_start": speaker[0] if speaker else None,
        "speaker_end": speaker[1] if speaker else None,
        "affiliation": None if labels[0] == "-" else labels[0].replace("-", " "),
        "stance": None if labels[1] == "-" else labels[1],
        "mode": next((m for m in ("direct", "indirect") if m in labels), read_mode(text, spans, find_quotes(text))),
        "spans": [list(span) for span in spans],
    }


if __name__ == "__main__":
    (FOLDER / "statements.jsonl").write_text(build(), encoding="utf-8")
