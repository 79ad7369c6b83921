"""What the operator is told about the watch itself: each fault once."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection

from alerting.rendering import Letterhead, render_notices
from alerting.sessions import Transport
from ledger.mails import enter_notice


def enter_refusal(conn: Connection, row_id: int, to: str, answer: str, *, operator: str, now: datetime) -> None:
    """Enter the notice that one mail was refused for good."""
    text = f"Recipient: {to}\nAnswer: {answer}\nThe mail (row {row_id} of the outbox) is set aside and not tried again."
    enter_notice(conn, f"mail-refused:{row_id}", "A mail was refused", text, to=operator, now=now)


def enter_outage(conn: Connection, error: str, waiting: int, *, operator: str, now: datetime) -> None:
    """Enter the notice that the mail server took nothing, once a day; it can only arrive when the server is back."""
    text = f"At {now:%Y-%m-%d %H:%M} UTC no mail could be handed over: {error}\nMails that waited: {waiting}."
    enter_notice(conn, f"mail-outage:{now:%Y-%m-%d}", "The mail server took no mail", text, to=operator, now=now)


def send_directly(transport: Transport, key: str, text: str, *, to: str, sender: str, now: datetime) -> None:
    """Send a notice past the ledger, for when that is the fault; DeliveryError when this cannot be sent either.

    Nothing remembers that it was told: the same key has the same Message-ID, no more.
    """
    message_id = f"<{sha256(key.encode()).hexdigest()[:40]}@convention-watch.invalid>"
    letter = render_notices(to, message_id, [(key, text)], Letterhead(sender, now))
    with transport.session() as session:
        session.send(letter)
