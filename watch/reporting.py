"""Telling the operator of a failed run, also when what failed is the ledger or a file that a run reads."""

from alerting.delivering import deliver
from alerting.notices import send_directly
from alerting.transports import open_transport
from ledger.leases import this_owner
from ledger.mails import enter_notice
from records.errors import LedgerError
from watch.pipeline import opened_ledger
from watch.settings import Settings


def tell_operator(settings: Settings, key: str, text: str) -> bool:
    """Mail ``text`` to the operator, once for each key; False when there is no operator.

    Sources, subscriptions and the index are not opened: they may be the fault. Without a ledger the mail is
    sent all the same; then nothing remembers that it was.
    """
    operator = settings.operator
    if operator is None:
        return False
    password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
    transport = open_transport(settings.mail_target, password=password)
    sender, now = settings.mail_from, settings.now()
    try:
        with opened_ledger(settings) as ledger:
            with ledger.begin() as conn:
                enter_notice(conn, key, f"Convention Watch: {key}", text, to=operator, now=now)
            deliver(ledger, transport, sender=sender, operator=operator, now=now, owner=this_owner())
    except LedgerError as error:
        send_directly(
            transport, key, f"{text}\n\nThe ledger cannot be used: {error}", to=operator, sender=sender, now=now
        )
    return True
