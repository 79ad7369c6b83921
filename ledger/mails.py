"""Mails that are due: alerts on developments, digests, and notices to the operator."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any

from sqlalchemy import Connection, Row, func, select

from ledger.alerts import enter_mail, message_id
from ledger.developments import development
from ledger.holding import hold
from ledger.outbox import OutboxRow, claim, settle
from ledger.tables import alerts, mails, outbox
from records.alert import Alert
from records.development import Development, Occasion

_RANK: tuple[Occasion, ...] = ("new", "correction", "digest")


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

    ``occasions`` holds, for each of an alert's developments, why it is told, in the same order.
    """

    row: OutboxRow
    mail: Alert | Notice
    occasions: tuple[Occasion, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestItem:
    """One development waiting for a recipient's next digest."""

    id: int
    to: str
    development_id: str
    occasion: Occasion
    entered_at: datetime


def claim_mails(
    conn: Connection, *, now: datetime, owner: str, limit: int, lease_seconds: float = 300
) -> list[DueMail]:
    """Claim up to ``limit`` due mails, oldest first; developments come with their sightings as they are now.

    Nobody decides on corrections meanwhile: who is told one depends on which mails have been claimed.
    """
    hold(conn, "mails")
    rows = claim(conn, "mail", now=now, owner=owner, limit=limit, lease_seconds=lease_seconds)
    # One development may be due to hundreds of people, and have hundreds of sightings.
    read = cache(partial(development, conn))
    return [_due(conn, row, read) for row in rows]


def settle_mail(conn: Connection, due: DueMail, *, now: datetime) -> None:
    """The server accepted the mail: the row is settled and its developments count as told to the recipient."""
    settle(conn, due.row, now=now)
    conn.execute(mails.update().where(mails.c.number == due.mail.id).values(accepted_at=now))


def enter_notice(
    conn: Connection,
    key: str,
    subject: str,
    text: str,
    *,
    to: str,
    now: datetime,
) -> bool:
    """Enter a mail to the operator, once for each key; False when this key was entered before."""
    hold(conn, "mails")
    if conn.execute(select(mails.c.number).where(mails.c.notice_key == key)).first():
        return False
    mail_id = message_id(conn, "notice", key)
    enter_mail(conn, "notice", to, mail_id, now=now, notice_key=key, subject=subject, text=text)
    return True


def digest_items(conn: Connection, to: str | None = None) -> dict[str, list[DigestItem]]:
    """What waits for each recipient's next digest, or for the one of ``to``, oldest first."""
    waiting: dict[str, list[DigestItem]] = {}
    unsent = select(alerts).where(alerts.c.mail.is_(None)).order_by(alerts.c.number)
    for row in conn.execute(unsent if to is None else unsent.where(alerts.c.recipient == to)):
        item = DigestItem(row.number, row.recipient, row.development, row.occasion, row.entered_at)
        waiting.setdefault(row.recipient, []).append(item)
    return waiting


def last_digest_at(conn: Connection, to: str) -> datetime | None:
    """When the recipient's last digest was entered; None when there was none."""
    newest = func.max(mails.c.entered_at, type_=mails.c.entered_at.type)
    return conn.execute(select(newest).where(mails.c.recipient == to, mails.c.kind == "digest")).scalar()


def enter_digest(
    conn: Connection,
    to: str,
    items: Sequence[DigestItem],
    *,
    now: datetime,
) -> None:
    """Enter one mail with all of ``items`` that still wait; nothing when another pass was quicker."""
    hold(conn, "mails")
    mine = alerts.c.number.in_([item.id for item in items]) & alerts.c.mail.is_(None)
    waiting = sorted(conn.execute(select(alerts.c.number).where(mine)).scalars())
    if not waiting:
        return
    mail_id = message_id(conn, "digest", to, *map(str, waiting), f"{now:%Y%m%dT%H%M%S}")
    number = enter_mail(conn, "digest", to, mail_id, now=now)
    conn.execute(alerts.update().where(alerts.c.number.in_(waiting)).values(mail=number))


def fold_into_digest(conn: Connection, dues: Sequence[DueMail], *, now: datetime) -> None:
    """Turn claimed alerts back into items of their recipients' next digest (the cap per recipient and pass)."""
    for due in dues:
        conn.execute(alerts.update().where(alerts.c.mail == due.mail.id).values(mail=None))
        settle(conn, due.row, now=now, note="folded into a digest")


def folded_for(conn: Connection) -> list[str]:
    """Those for whom alerts wait that were folded: asked for at once, so not to wait for a daily digest."""
    waiting = alerts.c.mail.is_(None) & (alerts.c.delivery == "immediate")
    return list(conn.execute(select(alerts.c.recipient).where(waiting).distinct().order_by("recipient")).scalars())


def _due(conn: Connection, row: OutboxRow, read: Callable[[str], Development | None]) -> DueMail:
    number = int(row.subject.removeprefix("mail:"))
    mail = conn.execute(select(mails).where(mails.c.number == number)).one()
    if mail.kind == "notice":
        notice = Notice(
            id=number,
            to=mail.recipient,
            subject=mail.subject,
            text=mail.text,
            message_id=mail.message_id,
            attempts=row.attempts,
        )
        return DueMail(row, notice)
    told = conn.execute(select(alerts).where(alerts.c.mail == number).order_by(alerts.c.number)).all()
    occasions = _occasions(told)
    events = [event for event in map(read, occasions) if event is not None]
    return DueMail(row, _alert(conn, row, mail, told, events), tuple(occasions.values()))


def _occasions(told: Sequence[Row[Any]]) -> dict[str, Occasion]:
    """Why each development is told, once: as news to whom it is new, else as corrected, else as contradicted."""
    occasions: dict[str, Occasion] = {}
    for one in told:
        occasions[one.development] = min(one.occasion, occasions.get(one.development, one.occasion), key=_RANK.index)
    return occasions


def _alert(
    conn: Connection, row: OutboxRow, mail: Row[Any], told: Sequence[Row[Any]], events: Sequence[Development]
) -> Alert:
    due_at = conn.execute(select(outbox.c.due_at).where(outbox.c.number == row.id)).scalar_one()
    digest = mail.kind == "digest"
    return Alert(
        id=mail.number,
        to=mail.recipient,
        occasion="digest" if digest else told[0].occasion,
        developments=tuple(events),
        message_id=mail.message_id,
        in_reply_to=mail.in_reply_to,
        due_at=due_at,
        attempts=row.attempts,
        subscription=told[0].subscription if len(told) == 1 else None,
        note=None if digest else told[0].note,
    )
