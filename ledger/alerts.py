"""Who is told of what: each recipient once for each development, occasion and state of the facts."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, String, cast, literal, select

from ledger.encoding import encode
from ledger.holding import hold
from ledger.migrating import identity
from ledger.outbox import enter
from ledger.tables import alerts, developments, mails, outbox
from ledger.upserting import upsert_with
from records.alert import Recipient
from records.development import Decision, Development, KnownDevelopment, Occasion

UNASKED = "no subscription asks for it"
"""Why a development is told to nobody although it is news."""

Recipients = Callable[[Development, Occasion], Sequence[Recipient]]
"""Who asked to be told of a development on an occasion, as the development now stands."""


def tell(
    conn: Connection,
    decision: Decision,
    before: KnownDevelopment | None,
    *,
    now: datetime,
    recipients: Recipients,
) -> None:
    """Enter what a decision makes due to people.

    Correction and contradiction: to those who were told, and still ask. As new: to those who asked and whose
    wishes this very article fulfilled (the first report, or the one that brought the number of publishers they
    want), be it that it corrects what others were told.
    """
    event = decision.development
    if event is None or decision.tell is None:
        return
    if decision.tell != "new":
        still = _addresses(recipients(event, decision.tell))
        for one in _told_before(conn, event.id, occasion=decision.tell):
            if one.to.casefold() in still:
                _enter_alert(conn, one, event.id, decision.tell, _digest_of(event), decision.reason, now=now)
    pleased = _addresses(recipients(before.development, "new")) if before and before.told else set()
    for one in recipients(event, "new"):
        if one.to.casefold() not in pleased:
            _enter_alert(conn, one, event.id, "new", "", decision.reason, now=now)
    conn.execute(developments.update().where(developments.c.id == event.id).values(told=encode(event.finding)))
    if conn.execute(select(alerts.c.number).where(alerts.c.development == event.id).limit(1)).first() is None:
        conn.execute(developments.update().where(developments.c.id == event.id).values(not_told_because=UNASKED))


def _addresses(people: Iterable[Recipient]) -> set[str]:
    """Their addresses, each in one spelling: a subscription file may write one in several."""
    return {one.to.casefold() for one in people}


def message_id(conn: Connection, *parts: str) -> str:
    """A Message-ID that is always the same for the same mail of this ledger, and no other's.

    Its domain is the one the ledger was opened with (ledger.opening).
    """
    name = sha256("\n".join((identity(conn), *parts)).encode()).hexdigest()[:40]
    return f"<{name}@{conn.get_execution_options()['mail_domain']}>"


def enter_mail(conn: Connection, kind: str, to: str, mail_id: str, *, now: datetime, **rest: Any) -> int:
    """Enter a message in the outbox; its number."""
    row = {"kind": kind, "recipient": to, "message_id": mail_id, "entered_at": now, **rest}
    number: int = conn.execute(mails.insert().values(**row).returning(mails.c.number)).scalar_one()
    enter(conn, "mail", f"mail:{number}", now=now)
    return number


def _enter_alert(
    conn: Connection,
    one: Recipient,
    development_id: str,
    occasion: Occasion,
    facts: str,
    reason: str,
    *,
    now: datetime,
) -> None:
    key = {"recipient": one.to, "development": development_id, "occasion": occasion, "facts": facts}
    rest = {
        "delivery": "daily" if occasion == "digest" else one.delivery,
        "subscription": one.subscription,
        "note": None if occasion == "new" else reason,
        "entered_at": now,
    }
    if not upsert_with(conn, alerts, key | rest, keys=tuple(key), again={}):
        return
    if rest["delivery"] == "daily":
        return
    mail_id = message_id(conn, one.to, development_id, occasion, facts)
    thread = first_message(conn, one.to, development_id)
    number = enter_mail(conn, "alert", one.to, mail_id, now=now, in_reply_to=thread)
    mine = [alerts.c[name] == value for name, value in key.items()]
    conn.execute(alerts.update().where(*mine).values(mail=number))


def first_message(conn: Connection, to: str, development_id: str) -> str | None:
    """The Message-ID of the first mail to a recipient on a development; None when there was none."""
    sent = (
        select(mails.c.message_id)
        .join(alerts, alerts.c.mail == mails.c.number)
        .where(alerts.c.recipient == to, alerts.c.development == development_id)
        .order_by(mails.c.number)
        .limit(1)
    )
    return conn.execute(sent).scalar()


def _told_before(conn: Connection, development_id: str, *, occasion: Occasion) -> list[Recipient]:
    """Those who were, or may have been, told of a development.

    One whose first mail still lies unclaimed in the outbox is left out of a correction: that mail will
    be written from the facts as they are when it is sent. It is not claimed before this decision is written.
    """
    hold(conn, "mails")
    subject = literal("mail:") + cast(alerts.c.mail, String)
    state = (
        select(alerts.c.recipient, alerts.c.delivery, alerts.c.subscription, alerts.c.mail, outbox)
        .outerjoin(outbox, (outbox.c.kind == "mail") & (outbox.c.subject == subject))
        .where(alerts.c.development == development_id, alerts.c.occasion == "new")
        .order_by(alerts.c.number)
    )
    told = []
    for row in conn.execute(state):
        untold = row.mail is None or (row.state == "waiting" and row.lease_owner is None and row.attempts == 0)
        if not untold or occasion == "digest":
            told.append(Recipient(row.recipient, row.delivery, row.subscription))
    return told


def _digest_of(event: Development) -> str:
    """The told facts in one short word: the same facts are never told twice on the same occasion."""
    facts = {key: value for key, value in encode(event.finding).items() if key not in ("start", "end", "rule")}
    seen = json.dumps([event.status, facts], sort_keys=True, ensure_ascii=False)
    return sha256(seen.encode()).hexdigest()[:16]
