"""The topic's timeline, entered as known: what happened before a ledger was created is not news to it."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import Connection, select

from ledger.encoding import encode, kind_of
from ledger.migrating import created_at
from ledger.nearness import search_keys
from ledger.outbox import enter_index
from ledger.tables import developments
from records.development import KnownEvent

RECENT = timedelta(days=7)
"""Events this close to the ledger's creation are news to it, and are not entered."""
BECAUSE = "known before this ledger was created"


def enter_known_events(conn: Connection, events: Sequence[KnownEvent], *, now: datetime) -> int:
    """Enter the events more than 7 days older than the ledger that it does not hold yet; return how many.

    They are due to the index as any development is.
    """
    limit = created_at(conn) - RECENT
    present = set(conn.execute(select(developments.c.id).where(developments.c.known_event)).scalars())
    rows = [_row(event) for event in events if event.id not in present and _end(event) < limit]
    if rows:
        conn.execute(developments.insert(), rows)
    for row in rows:
        enter_index(conn, f"development:{row['id']}", now=now)
    return len(rows)


def _end(event: KnownEvent) -> datetime:
    return datetime.combine(event.ends, time.max, UTC)


def _row(event: KnownEvent) -> dict[str, object]:
    finding = encode(event.finding)
    return {
        "id": event.id,
        "kind": kind_of(event.finding),
        "headline": event.headline,
        "status": "official",
        "first_seen": datetime.combine(event.begins, time.min, UTC),
        "event_date": event.begins,
        "publishers": 0,
        "independent": 0,
        "finding": finding,
        "told": None,
        "not_told_because": BECAUSE,
        "known_event": True,
        "last_report": _end(event),
        **search_keys(event.finding),
    }
