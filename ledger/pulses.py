"""The pulse of the watch: what waits and how the sources do, read once in each pass and kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from ledger.outbox import RowKind, enter_index
from ledger.paging import pages_by_number
from ledger.sources import SourceHealth
from ledger.tables import articles, mails, outbox, pulses


@dataclass(frozen=True, slots=True)
class Pulse:
    """One reading. ``…_waiting`` counts what earlier passes left over, not what this one has just entered.

    ``…_oldest_seconds`` is how long the oldest of these has waited, 0 when nothing waits. ``mails_accepted`` counts
    those since the pulse before. ``quarantined`` are articles that could not be examined. ``sources`` maps each to
    its state of health; one that was never passed is left out.
    """

    number: int
    at: datetime
    index_waiting: int
    index_oldest_seconds: int
    index_set_aside: int
    mails_waiting: int
    mails_oldest_seconds: int
    mails_set_aside: int
    mails_accepted: int
    quarantined: int
    sources: Mapping[str, str]


def take_pulse(conn: Connection, health: list[SourceHealth], *, now: datetime) -> None:
    """Read and keep the pulse, and make it due to the index."""
    newest = func.max(pulses.c.at, type_=pulses.c.at.type)
    before: datetime | None = conn.execute(select(newest)).scalar()
    row = {
        "at": now,
        **_backlog(conn, "index", "index", before, now),
        **_backlog(conn, "mail", "mails", before, now),
        "mails_accepted": _accepted_since(conn, before),
        "quarantined": _count(conn, articles.c.examining_failed.is_not(None)),
        "sources": {one.id: one.state for one in health if one.since is not None},
    }
    number = conn.execute(pulses.insert().returning(pulses.c.number), [row]).scalar_one()
    enter_index(conn, f"pulse:{number}", now=now)


def pulse(conn: Connection, number: int) -> Pulse | None:
    """One reading; None when there is none of this number."""
    row = conn.execute(select(pulses).where(pulses.c.number == number)).one_or_none()
    return None if row is None else _read_back(row)


def iter_pulses(conn: Connection, *, page: int = 500) -> Iterator[Pulse]:
    """Every reading, oldest first, read page by page."""
    for rows in pages_by_number(conn, select(pulses), pulses.c.number, page):
        yield from map(_read_back, rows)


def _read_back(row: Row[Any]) -> Pulse:
    return Pulse(**row._mapping)


def _backlog(conn: Connection, kind: RowKind, name: str, before: datetime | None, now: datetime) -> dict[str, int]:
    mine = outbox.c.kind == kind
    waiting, oldest = 0, None
    if before is not None:
        left = mine & (outbox.c.state == "waiting") & (outbox.c.entered_at <= before)
        first = func.min(outbox.c.entered_at, type_=outbox.c.entered_at.type)
        waiting, oldest = conn.execute(select(func.count(), first).where(left)).one()
    return {
        f"{name}_waiting": waiting,
        f"{name}_oldest_seconds": round((now - oldest).total_seconds()) if oldest else 0,
        f"{name}_set_aside": _count(conn, mine & (outbox.c.state == "set_aside")),
    }


def _accepted_since(conn: Connection, before: datetime | None) -> int:
    accepted = mails.c.accepted_at.is_not(None)
    return _count(conn, accepted if before is None else accepted & (mails.c.accepted_at >= before))


def _count(conn: Connection, condition: Any) -> int:
    return int(conn.execute(select(func.count()).where(condition)).scalar_one())
