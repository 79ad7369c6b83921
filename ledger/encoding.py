"""Findings to JSON values and back, in the words of the contract (design, section 5, ``examine``)."""

from dataclasses import asdict, fields
from datetime import date
from typing import Any

from records.finding import Finding, Milestone, Statement, Vote

KINDS: dict[str, type[Vote] | type[Statement] | type[Milestone]] = {
    "vote": Vote,
    "statement": Statement,
    "milestone": Milestone,
}
_NAMES = {kind: frozenset(field.name for field in fields(record)) for kind, record in KINDS.items()}


def kind_of(finding: Finding) -> str:
    """``vote``, ``statement`` or ``milestone``."""
    return type(finding).__name__.lower()


def encode(finding: Finding) -> dict[str, Any]:
    """A finding as a JSON object: dates as YYYY-MM-DD, tuples as lists."""
    return {name: _value(value) for name, value in asdict(finding).items()}


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    return value


def decode(kind: str, value: dict[str, Any]) -> Finding:
    """The finding that ``encode`` made; keys of a newer release are left out."""
    record = KINDS[kind]
    known = {name: item for name, item in value.items() if name in _NAMES[kind]}
    if known.get("event_date") is not None:
        known["event_date"] = date.fromisoformat(known["event_date"])
    if "spans" in known:
        known["spans"] = tuple((start, end) for start, end in known["spans"])
    return record(**known)
