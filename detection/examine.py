"""The way of one text through detection: read, judge, find; and the lines of the command ``examine``."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules
from typing import Any

from detection import kinds
from detection.compiled import contents_of
from detection.relevance import judge_relevance
from detection.sentences import LONGEST_TEXT, Reading, read
from records.finding import Document, Examination, Finding, Milestone, Refusal, Relevance, Statement, Vote

Find = Callable[[Reading], tuple[list[Any], list[Refusal]]]


@cache
def kinds_of_finding() -> Mapping[str, Find]:
    """Kind -> its ``find``, one for each module of ``detection.kinds`` that has one."""
    modules = {info.name: import_module(f"{kinds.__name__}.{info.name}") for info in iter_modules(kinds.__path__)}
    return {name: module.find for name, module in sorted(modules.items()) if hasattr(module, "find")}


def examine(document: Document) -> Examination:
    """All that a text says: whether it is on topic, its votes, statements and milestones, each with its evidence."""
    reading = read(document)
    found: list[Finding] = []
    refused: list[Refusal] = []
    for find in kinds_of_finding().values():
        findings, refusals = find(reading)
        found += findings
        refused += refusals
    return Examination(
        id=document.id,
        language=reading.language,
        relevance=_with_limits(judge_relevance(reading), document),
        votes=tuple(finding for finding in found if isinstance(finding, Vote)),
        statements=tuple(finding for finding in found if isinstance(finding, Statement)),
        milestones=tuple(finding for finding in found if isinstance(finding, Milestone)),
        refused=tuple(refused),
    )


def _with_limits(relevance: Relevance, document: Document) -> Relevance:
    if len(document.text) <= LONGEST_TEXT:
        return relevance
    said = f"only the first {LONGEST_TEXT:,} of {len(document.text):,} characters were read"
    return Relevance(relevance.on_topic, relevance.score, (*relevance.because, said))


def read_line(line: str | bytes) -> Document:
    """The document on one line of input; ValueError, saying what is wrong, when the line is not one."""
    data = json.loads(line)
    if not isinstance(data, dict):
        raise ValueError("a JSON object is expected")
    for key, needed in (("id", True), ("text", True), ("title", False), ("language", False), ("url", False)):
        value = data.get(key)
        if not isinstance(value, str) and (needed or value is not None):
            raise ValueError(f"{key!r} must be a string" + ("" if needed else " or null"))
    published_at = data.get("published_at")
    return Document(
        id=data["id"],
        text=data["text"],
        title=data.get("title"),
        language=data.get("language"),
        published_at=None if published_at is None else _instant(published_at),
        url=data.get("url"),
    )


def _instant(value: Any) -> datetime:
    if not isinstance(value, str):
        raise ValueError("'published_at' must be a string in ISO 8601 or null")
    instant = datetime.fromisoformat(value)
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)


def answer_line(line: str | bytes, *, explain: bool = False) -> str:
    """The answer to one line of input, one JSON object: an examination, or what is wrong with the line."""
    try:
        document = read_line(line)
    except (ValueError, OverflowError, RecursionError) as error:
        return json.dumps({"id": None, "error": str(error)}, ensure_ascii=False)
    return write_line(examine(document), explain=explain)


def write_line(examination: Examination, *, explain: bool = False) -> str:
    """An examination as one line of JSON; with ``explain`` also the candidates that were refused."""
    data = _as_json(examination)
    if not explain:
        del data["refused"]
    # Escaped where a text holds half a surrogate pair, which UTF-8 cannot write.
    line = json.dumps(data, ensure_ascii=False, default=_as_json)
    return line if line.isascii() or _encodes(line) else json.dumps(data, default=_as_json)


def _as_json(value: object) -> Any:
    """What JSON has no form for, one level of it: a day as text, a record as its fields."""
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in _names(type(value))}
    raise TypeError(f"{type(value).__name__} has no JSON form")


@cache
def _names(record: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record))


def _encodes(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True


def digest_of_rules() -> str:
    """What tells two versions of detection apart: a digest of all its code and data."""
    digest = hashlib.sha256()
    for name, content in sorted(contents_of(files("detection"), (".py", ".yml"))):
        if not name.rpartition("/")[2].startswith("novelty"):
            digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:16]


DETECTOR = digest_of_rules()
"""The version of the rules, by which a replay knows what it examined before."""
