"""Emptying the mail part of the outbox: claim, send, settle after the server's 250; what cannot go now stays."""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from alerting.claiming import Workload
from alerting.notices import enter_outage, enter_refusal
from alerting.parcels import Parcel
from alerting.rendering import Letterhead
from alerting.sessions import ConnectionLost, MayHaveArrived, ServerUnreachable, Session, Transport
from ledger.mails import settle_mail
from ledger.opening import Ledger
from ledger.outbox import postpone, set_aside
from records.alert import Link
from records.development import Development
from records.errors import MailRefused, MailUnreachable

CAP = 10
"""Mails of their own that one recipient gets in one pass; what is above goes into one digest."""

LOST_CONNECTIONS = 3
"""So many broken connections, one after the other, are an outage and no longer the fault of single mails."""

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, *[240] * 11))
"""Pauses after each 4xx answer, 48 hours in all; after the last one the mail is set aside."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class MailCounts:
    """What became of the mails of one pass.

    ``folded`` alerts went into a digest; ``withheld`` were due to readers who no longer ask; ``outage`` says why no
    mail could be handed over, None when it could.
    """

    sent: int = 0
    postponed: int = 0
    set_aside: int = 0
    folded: int = 0
    withheld: int = 0
    outage: str | None = None


def deliver(
    ledger: Ledger,
    transport: Transport,
    *,
    sender: str,
    now: datetime,
    owner: str,
    operator: str | None = None,
    unsubscribe_url: str | None = None,
    links_of: Callable[[Development], Sequence[Link]] | None = None,
    cap: int = CAP,
    readers: Collection[str] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> MailCounts:
    """Send every mail that is due and account for each row.

    A mail is sent at least once, always under the same Message-ID; twice only when a crash or a broken
    connection falls between the server's acceptance and the ledger's commit. An outage, of the
    server or of all our mail there, is no failure of the pass: it stands in the counts. For ``readers`` and
    ``clock`` see Workload.
    """
    workload = Workload(ledger, now, owner, cap, readers, clock)
    round_ = _Round(ledger, Letterhead(sender, now, unsubscribe_url, links_of), now, operator, workload)
    workload.enter_folded()
    while parcels := workload.claim():
        try:
            with transport.session() as session:
                round_.send_all(session, parcels)
        except ServerUnreachable as error:
            round_.wait_for_server(parcels, error)
        if round_.counts.outage or round_.late:
            break
    round_.counts.folded, round_.counts.withheld = workload.folded, workload.withheld
    return round_.counts


@dataclass(slots=True)
class _Round:
    """One pass over the outbox."""

    ledger: Ledger
    letterhead: Letterhead
    now: datetime
    operator: str | None
    workload: Workload
    counts: MailCounts = field(default_factory=MailCounts)
    done: set[int] = field(default_factory=set)
    late: bool = False

    def send_all(self, session: Session, parcels: Sequence[Parcel]) -> None:
        lost = 0
        for parcel in parcels:
            if self.workload.late:
                self.late = True
                return
            try:
                self._send(session, parcel)
                lost = 0
            except ConnectionLost as error:
                self._postpone(parcel, error)
                lost += 1
                if lost == LOST_CONNECTIONS:
                    raise ServerUnreachable(
                        f"{lost} connections broke one after the other; the last: {error}"
                    ) from error

    def _send(self, session: Session, parcel: Parcel) -> None:
        try:
            letter = parcel.render(self.letterhead)
        except Exception as error:  # a mail that cannot even be written must not hold up the others
            log.exception("A mail cannot be rendered", to=parcel.to, rows=[due.row.id for due in parcel.dues])
            self._set_aside(parcel, f"cannot be rendered: {error!r}")
            return
        try:
            answer = session.send(letter)
        except (ServerUnreachable, ConnectionLost):
            raise
        except MailRefused as error:
            self._set_aside(parcel, str(error))
        except MailUnreachable as error:
            self._postpone(parcel, error)
        else:
            with self.ledger.begin() as conn:
                for due in parcel.dues:
                    settle_mail(conn, due, now=self.now)
            self._note(parcel)
            self.counts.sent += 1
            log.info("Mail accepted", to=letter.to, message_id=letter.message_id, answer=answer)

    def _postpone(self, parcel: Parcel, error: MailUnreachable) -> None:
        attempts = parcel.dues[0].row.attempts
        if attempts >= len(BACK_OFF):
            self._set_aside(parcel, f"given up after {attempts + 1} attempts: {error}")
            return
        if isinstance(error, MayHaveArrived):
            log.warning("A mail may have arrived; it will be sent again under the same Message-ID", to=parcel.to)
        with self.ledger.begin() as conn:
            for due in parcel.dues:
                postpone(conn, due.row, now=self.now, until=self.now + BACK_OFF[attempts], error=str(error))
        self._note(parcel)
        self.counts.postponed += len(parcel.dues)
        log.warning("A mail has to wait", to=parcel.to, error=str(error))

    def _set_aside(self, parcel: Parcel, error: str) -> None:
        with self.ledger.begin() as conn:
            for due in parcel.dues:
                set_aside(conn, due.row, now=self.now, error=error)
            if self.operator and not parcel.about_faults:
                enter_refusal(conn, parcel.dues[0].row.id, parcel.to, error, operator=self.operator, now=self.now)
        self._note(parcel)
        self.counts.set_aside += len(parcel.dues)
        log.error("A mail is set aside", to=parcel.to, error=error)

    def wait_for_server(self, parcels: Sequence[Parcel], error: ServerUnreachable) -> None:
        """Leave what was not sent due at once: the next pass asks the server again, with one connection."""
        waiting = [due for parcel in parcels for due in parcel.dues if due.row.id not in self.done]
        with self.ledger.begin() as conn:
            for due in waiting:
                postpone(conn, due.row, now=self.now, until=self.now, error=str(error), counts=False)
            if self.operator:
                enter_outage(conn, str(error), len(waiting), operator=self.operator, now=self.now)
        self.counts.postponed += len(waiting)
        self.counts.outage = str(error)
        log.error("The mail server takes no mail; all of it waits in the outbox", error=str(error), mails=len(waiting))

    def _note(self, parcel: Parcel) -> None:
        self.done.update(due.row.id for due in parcel.dues)
