"""The digest: at most one mail in 24 hours to each recipient, with all that waited for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from ledger.mails import digest_items, enter_digest, last_digest_at
from ledger.opening import Ledger
from records.alert import Subscription

PERIOD = timedelta(hours=24) - timedelta(minutes=5)
"""A day, less the minutes by which a timetable varies: else a digest would come an hour later whenever it is early."""


def enter_digests(ledger: Ledger, subscriptions: Sequence[Subscription], *, now: datetime) -> int:
    """Enter the digests that are due in the outbox, each with everything that waits; return how many.

    Nobody is sent two within 24 hours, nobody an empty one, and nobody who is no longer in the
    subscriptions. Corrections and contradictions are among what waits.
    """
    wanted = {subscription.to.casefold() for subscription in subscriptions}
    with ledger.begin() as conn:
        waiting = [to for to in digest_items(conn) if to.casefold() in wanted]
        return sum(enter_due_digest(conn, to, now=now) for to in waiting)


def enter_due_digest(conn: Connection, to: str, *, now: datetime) -> bool:
    """Enter the digest of one recipient; False when nothing waits or the last one is less than 24 hours old."""
    items = digest_items(conn, to).get(to)
    last = last_digest_at(conn, to)
    if not items or (last is not None and now - last < PERIOD):
        return False
    enter_digest(conn, to, items, now=now)
    return True
