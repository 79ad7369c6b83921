"""The outbox: what is due to the index and to people, entered with the facts and settled on delivery.

A row is claimed by one worker for some seconds, then settled (delivered), postponed (later, same row)
or set aside (never as it is; visible until somebody looks). A claim of a process that is gone, or whose
time has passed, is free. All instants are the pass's ``now``. Mails are claimed through ledger.mails.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from ledger.leases import gone
from ledger.tables import outbox
from ledger.upserting import upsert_with

RowKind = Literal["index", "mail"]


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One claimed row. For ``index``, ``subject`` is ``article:<id>``, ``development:<id>``, or of what never changes
    ``pass:<number>``, ``pulse:<number>``.

    ``version`` grows each time the subject changes, and serves as the external version of the document:
    a row that changed after it was claimed stays due when the older version is settled.
    """

    id: int
    kind: RowKind
    subject: str
    version: int
    attempts: int
    entered_at: datetime
    owner: str


def enter_index(conn: Connection, subject: str, *, now: datetime) -> None:
    """Make a document due to the index (again)."""
    enter(conn, "index", subject, now=now)


def enter(conn: Connection, kind: RowKind, subject: str, *, now: datetime) -> None:
    """Make a subject due, as its next version when it was due before; a claim on an older version stands."""
    fresh: dict[str, Any] = {
        "state": "waiting",
        "due_at": now,
        "attempts": 0,
        "entered_at": now,
        "settled_at": None,
        "error": None,
        "note": None,
    }
    first = fresh | {"kind": kind, "subject": subject, "version": 1}
    upsert_with(conn, outbox, first, keys=("kind", "subject"), again=fresh | {"version": outbox.c.version + 1})


def claim(
    conn: Connection, kind: RowKind, *, now: datetime, owner: str, limit: int, lease_seconds: float = 300
) -> list[OutboxRow]:
    """Claim up to ``limit`` due rows for ``owner``, oldest first; no two workers ever hold the same row."""
    waiting = (outbox.c.kind == kind) & (outbox.c.state == "waiting") & (outbox.c.due_at <= now)
    held = (outbox.c.lease_until.is_not(None)) & (outbox.c.lease_until > now)
    owners = conn.execute(select(outbox.c.lease_owner).where(waiting, held).distinct()).scalars()
    free = ~held | outbox.c.lease_owner.in_(gone(owners))
    due = select(outbox).where(waiting, free).order_by(outbox.c.due_at, outbox.c.number).limit(limit)
    rows = conn.execute(due.with_for_update(skip_locked=True)).all()
    numbers = [row.number for row in rows]
    until = now + timedelta(seconds=lease_seconds)
    conn.execute(outbox.update().where(outbox.c.number.in_(numbers)).values(lease_owner=owner, lease_until=until))
    return [
        OutboxRow(row.number, row.kind, row.subject, row.version, row.attempts, row.entered_at, owner) for row in rows
    ]


def settle(conn: Connection, row: OutboxRow, *, now: datetime, note: str | None = None) -> None:
    """The row's version was delivered."""
    settled = {"state": "settled", "settled_at": now, "note": note, "error": None}
    _finish(conn, row, settled)


def settle_for_good(conn: Connection, row: OutboxRow) -> None:
    """The row was delivered and its subject can never change: it leaves the outbox, which would only grow by it."""
    conn.execute(outbox.delete().where((outbox.c.number == row.id) & (outbox.c.lease_owner == row.owner)))


def postpone(
    conn: Connection, row: OutboxRow, *, now: datetime, until: datetime, error: str, counts: bool = True
) -> None:
    """Delivery failed for now: the row is due again at ``until``.

    Its attempts are one more, unless the fault was not the row's own (``counts`` False: an outage).
    """
    attempts = row.attempts + 1 if counts else row.attempts
    _finish(conn, row, {"due_at": max(now, until), "attempts": attempts, "error": error})


def set_aside(conn: Connection, row: OutboxRow, *, now: datetime, error: str) -> None:
    """Delivery will never succeed as it is: the row waits, visibly, for a person or a change of its subject."""
    _finish(conn, row, {"state": "set_aside", "settled_at": now, "attempts": row.attempts + 1, "error": error})


def index_versions(conn: Connection, subjects: Iterable[str]) -> dict[str, int]:
    """The version each of ``subjects`` was last entered with for the index; those never entered are left out."""
    mine = (outbox.c.kind == "index") & outbox.c.subject.in_(list(subjects))
    return {row.subject: row.version for row in conn.execute(select(outbox.c.subject, outbox.c.version).where(mine))}


def outbox_counts(conn: Connection) -> Mapping[tuple[RowKind, str], int]:
    """How many rows there are of each kind in each state (waiting, settled, set_aside)."""
    counted = select(outbox.c.kind, outbox.c.state, func.count()).group_by(outbox.c.kind, outbox.c.state)
    return {(kind, state): count for kind, state, count in conn.execute(counted)}


def _finish(conn: Connection, row: OutboxRow, values: dict[str, Any]) -> None:
    mine = (outbox.c.number == row.id) & (outbox.c.lease_owner == row.owner)
    conn.execute(outbox.update().where(mine, outbox.c.version == row.version).values(**values))
    conn.execute(outbox.update().where(mine).values(lease_owner=None, lease_until=None))
