"""Filters of a search, typed into a query as ``field:value`` or given beside it: one meaning, two ways of asking."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from indexing.states import state_code

LabelField = Literal["language", "source", "publisher", "kinds", "states", "speakers"]

LABEL_WORDS: dict[str, LabelField] = {
    "kind": "kinds",
    "lang": "language",
    "language": "language",
    "publisher": "publisher",
    "source": "source",
    "speaker": "speakers",
    "state": "states",
}
BOUND_WORDS = {"after": "since", "since": "since", "before": "until", "until": "until"}
FILTER_WORDS = (*LABEL_WORDS, *BOUND_WORDS)
"""What may stand before the colon."""

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Label:
    """Articles of which the field has any of these values: a code, an id, or for ``speakers`` any part of a name."""

    field: LabelField
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """Articles published at or after ``since`` and before ``until`` (UTC); an undated one is outside any bound."""

    since: datetime | None = None
    until: datetime | None = None


Filter = Label | Published


def read_filter(word: str, value: str, *, quoted: bool) -> Filter | None:
    """Return the filter that ``word:value`` means, with commas between several values; None when it means none."""
    if word in BOUND_WORDS:
        instant = _read_day(value)
        return Published(**{BOUND_WORDS[word]: instant}) if instant else None
    values = tuple(part for part in ([value] if quoted else value.split(",")) if part.strip())
    return make_label(LABEL_WORDS[word], values) if values else None


def make_label(field: LabelField, values: tuple[str, ...]) -> Label:
    """Return the filter for values as people write them: states by code or English name, all else without case."""
    if field == "states":
        return Label(field, tuple(state_code(value) or value.upper() for value in values))
    return Label(field, values if field == "speakers" else tuple(value.lower() for value in values))


def _read_day(value: str) -> datetime | None:
    """The beginning of a year, a month or a day, in UTC."""
    found = _DAY.fullmatch(value)
    if found is None:
        return None
    try:
        return datetime(int(found[1]), int(found[2] or 1), int(found[3] or 1), tzinfo=UTC)
    except ValueError:
        return None
