"""What a way in announces: its entries, what was left out and why, or what it is instead."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from records.article import Entry

Problem = Literal["empty", "parse_error", "blocked"]


@dataclass(frozen=True, slots=True)
class Announcement:
    """Entries in the order announced, newest first where there was a cap.

    ``dropped`` counts items that gave no entry, by reason. ``problem`` says why there is no entry at all.
    ``more`` are the sitemaps an index of sitemaps names. ``note`` is for the operator: what was repaired.
    """

    entries: tuple[Entry, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)
    problem: Problem | None = None
    note: str | None = None
    more: tuple[str, ...] = ()


def announce(
    items: Iterable[Entry | str], *, limit: int, note: str | None = None, more: tuple[str, ...] = ()
) -> Announcement:
    """Return the announcement of items, each an entry or the reason why it is none; the oldest beyond ``limit`` go."""
    entries: list[Entry] = []
    dropped: Counter[str] = Counter()
    for item in items:
        if isinstance(item, str):
            dropped[item] += 1
        else:
            entries.append(item)
    if len(entries) > limit:
        dropped["entry_cap"] = len(entries) - limit
        entries = _newest(entries, limit)
    problem: Problem | None = None if entries or dropped or more else "empty"
    return Announcement(tuple(entries), dict(dropped), problem, note, more)


def _newest(entries: list[Entry], limit: int) -> list[Entry]:
    oldest = datetime.min.replace(tzinfo=UTC)
    return sorted(entries, key=lambda entry: entry.published_at or oldest, reverse=True)[:limit]
