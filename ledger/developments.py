"""Developments: what has happened, by which evidence, and who was told."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, String, cast, literal, select, tuple_

from ledger.alerts import Recipients, tell
from ledger.encoding import encode
from ledger.evidence import keep_sightings, last_report, read_developments
from ledger.findings import keep_examination
from ledger.nearness import known_developments, search_keys
from ledger.outbox import enter_index
from ledger.tables import alerts, developments, mails, outbox
from ledger.upserting import upsert_with
from ledger.versions import StoredArticle
from records.development import Decision, Development, KnownDevelopment, Told
from records.finding import Examination

__all__ = [
    "Recipients",
    "apply_decisions",
    "development",
    "iter_developments",
    "keep_development",
    "known_developments",
    "told",
    "why_untold",
]

_PAGE = 200


def apply_decisions(
    conn: Connection,
    stored: StoredArticle,
    examination: Examination,
    decisions: Sequence[Decision],
    *,
    detector: str,
    now: datetime,
    recipients: Recipients,
    known: Sequence[KnownDevelopment] = (),
) -> None:
    """Write what an article says and means: findings, evidence, developments, and the outbox rows of both kinds.

    The decisions were made in this same transaction, from ``known_developments``; given as ``known``, they are
    not read again.
    """
    held = {one.development.id: one for one in known}
    keep_examination(conn, stored, examination, decisions, detector=detector, now=now)
    for decision in decisions:
        if decision.development is None:
            continue
        name = decision.development.id
        before = (held.get(name) or _known(conn, name)) if decision.tell else None
        keep_development(conn, decision.development, article=stored.article.id)
        tell(conn, decision, before, now=now, recipients=recipients)
        enter_index(conn, f"development:{decision.development.id}", now=now)
    enter_index(conn, f"article:{stored.article.id}", now=now)


def keep_development(conn: Connection, development: Development, *, article: str) -> None:
    """Keep a development as it now stands, with the sightings of one article in place of its earlier ones."""
    state = {
        "headline": development.headline,
        "status": development.status,
        "event_date": development.event_date,
        "publishers": development.publishers,
        "independent": development.independent,
        "finding": encode(development.finding),
        "not_told_because": development.not_told_because,
        "last_report": last_report(development),
        **search_keys(development.finding),
    }
    born = {
        "id": development.id,
        "kind": development.kind,
        "first_seen": development.first_seen,
        "known_event": False,
    }
    upsert_with(conn, developments, born | state, keys=("id",), again=state)
    keep_sightings(conn, development, article=article)


def development(conn: Connection, development_id: str) -> Development | None:
    """One development with its sightings; None when there is none of this id."""
    known = _known(conn, development_id)
    return None if known is None else known.development


def iter_developments(conn: Connection, *, newest_first: bool = True) -> Iterator[Development]:
    """Every development with its sightings, by when it was first seen."""
    place = (developments.c.first_seen, developments.c.number)
    order = [column.desc() if newest_first else column for column in place]
    page = select(developments.c.id, *place).order_by(*order).limit(_PAGE)
    here = page
    while rows := conn.execute(here).all():
        some = select(developments).where(developments.c.id.in_([row.id for row in rows])).order_by(*order)
        yield from (known.development for known in read_developments(conn, some))
        last = tuple_(*(literal(rows[-1]._mapping[column], column.type) for column in place))
        here = page.where(tuple_(*place) < last if newest_first else tuple_(*place) > last)


def told(conn: Connection, development_id: str) -> list[Told]:
    """The mails on a development that a server has accepted, oldest first."""
    accepted = (
        select(alerts.c.recipient, alerts.c.occasion, mails.c.kind, mails.c.accepted_at, mails.c.message_id)
        .join(mails, mails.c.number == alerts.c.mail)
        .where(alerts.c.development == development_id, mails.c.accepted_at.is_not(None))
        .order_by(mails.c.accepted_at, alerts.c.number)
    )
    return [
        Told(row.recipient, row.accepted_at, "digest" if row.kind == "digest" else row.occasion, row.message_id)
        for row in conn.execute(accepted)
    ]


def why_untold(conn: Connection, development_id: str) -> str | None:
    """Why none of the mails on a development could be delivered; None when one was, or waits, or there is none."""
    subject = literal("mail:") + cast(alerts.c.mail, String)
    mine = (
        select(alerts.c.mail, outbox.c.state, outbox.c.error, mails.c.accepted_at)
        .outerjoin(mails, mails.c.number == alerts.c.mail)
        .outerjoin(outbox, (outbox.c.kind == "mail") & (outbox.c.subject == subject))
        .where(alerts.c.development == development_id)
        .order_by(alerts.c.number)
    )
    rows = conn.execute(mine).all()
    if not rows or any(row.state != "set_aside" or row.accepted_at for row in rows):
        return None
    return f"no mail on it could be delivered: {rows[0].error}"


def _known(conn: Connection, development_id: str) -> KnownDevelopment | None:
    return next(iter(read_developments(conn, select(developments).where(developments.c.id == development_id))), None)
