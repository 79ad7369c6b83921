"""Mails that are due: alerts on developments, digests, and notices to the operator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from ledger.outbox import OutboxRow
from records.alert import Alert
from records.development import Occasion


@dataclass(frozen=True, slots=True)
class Notice:
    """One mail to the operator about the watch itself, not about a development."""

    id: int
    to: str
    subject: str
    text: str
    message_id: str
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class DueMail:
    """One claimed row of the outbox with the mail that is due: settle, postpone or set aside ``row``.

    ``occasions`` holds, for each of the alert's developments, why it is told.
    """

    row: OutboxRow
    mail: Alert | Notice
    occasions: tuple[Occasion, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestItem:
    """One development waiting for a recipient's next digest."""

    to: str
    development_id: str
    occasion: Occasion
    entered_at: datetime


def claim_mails(
    conn: Connection, *, now: datetime, owner: str, limit: int, lease_seconds: float = 300
) -> list[DueMail]:
    """Claim up to ``limit`` due mails, oldest first; developments come with their sightings as they are now."""
    raise NotImplementedError


def settle_mail(conn: Connection, due: DueMail, *, now: datetime) -> None:
    """The server accepted the mail: the row is settled and its developments count as told to the recipient."""
    raise NotImplementedError


def enter_notice(conn: Connection, key: str, subject: str, text: str, *, to: str, now: datetime) -> bool:
    """Enter a mail to the operator, once for each key; False when this key was entered before."""
    raise NotImplementedError


def digest_items(conn: Connection) -> dict[str, list[DigestItem]]:
    """What waits for each recipient's next digest, oldest first."""
    raise NotImplementedError


def last_digest_at(conn: Connection, to: str) -> datetime | None:
    """When the recipient's last digest was entered; None when there was none."""
    raise NotImplementedError


def enter_digest(
    conn: Connection,
    to: str,
    items: Sequence[DigestItem],
    *,
    now: datetime,
    mail_domain: str = "convention-watch.invalid",
) -> None:
    """Enter one mail with all of ``items``, which then wait no longer."""
    raise NotImplementedError


def fold_into_digest(conn: Connection, dues: Sequence[DueMail], *, now: datetime) -> None:
    """Turn claimed alerts of one recipient back into items of the next digest (the cap per recipient and pass)."""
    raise NotImplementedError
