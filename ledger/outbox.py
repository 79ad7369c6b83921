"""The outbox: what is due to the index and to people, entered with the facts and settled on delivery.

A row is claimed by one worker for some seconds, then settled (delivered), postponed (later, same row)
or set aside (never as it is; visible until somebody looks). A claim of a process that is gone, or whose
time has passed, is free. All instants are the pass's ``now``. Mails are claimed through ledger.mails.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

RowKind = Literal["index", "mail"]


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One claimed row. For ``index``, ``subject`` is ``article:<id>`` or ``development:<id>``.

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
    raise NotImplementedError


def claim(
    conn: Connection, kind: RowKind, *, now: datetime, owner: str, limit: int, lease_seconds: float = 300
) -> list[OutboxRow]:
    """Claim up to ``limit`` due rows for ``owner``, oldest first; no two workers ever hold the same row."""
    raise NotImplementedError


def settle(conn: Connection, row: OutboxRow, *, now: datetime, note: str | None = None) -> None:
    """The row's version was delivered."""
    raise NotImplementedError


def postpone(conn: Connection, row: OutboxRow, *, now: datetime, until: datetime, error: str) -> None:
    """Delivery failed for now: the row is due again at ``until``, its attempts one more."""
    raise NotImplementedError


def set_aside(conn: Connection, row: OutboxRow, *, now: datetime, error: str) -> None:
    """Delivery will never succeed as it is: the row waits, visibly, for a person or a change of its subject."""
    raise NotImplementedError


def outbox_counts(conn: Connection) -> Mapping[tuple[RowKind, str], int]:
    """How many rows there are of each kind in each state (waiting, settled, set_aside)."""
    raise NotImplementedError
