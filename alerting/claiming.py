"""What one pass may send: mails claimed for it some at a time, within the cap of each reader, and to nobody else."""

import time
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from alerting.digesting import enter_due_digest
from alerting.parcels import Parcel, parcels_of, share_out
from ledger.mails import DueMail, claim_mails, fold_into_digest, folded_for
from ledger.opening import Ledger
from ledger.outbox import postpone, set_aside
from records.alert import Alert

BATCH = 500
LEASE_SECONDS = 1200.0
SENDING_SECONDS = 500.0
"""Sending ends this long after a claim: one letter more, each answer as late as it may be (some 600), still fits."""

WITHHELD = timedelta(hours=48)
"""How long a mail waits for a reader who is no longer in the subscriptions to be there again."""
_UNASKED = "the address is no longer in the subscriptions"

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Workload:
    """The mails of one pass. ``readers`` are the addresses, casefolded, that subscriptions name; None: whoever is due.

    ``clock`` gives seconds, by which leases are counted on from ``now``.
    """

    ledger: Ledger
    now: datetime
    owner: str
    cap: int
    readers: Collection[str] | None = None
    clock: Callable[[], float] = time.monotonic
    folded: int = 0
    withheld: int = 0
    _alerts_to: Counter[str] = field(default_factory=Counter)
    _began: float = 0.0
    _claimed_at: float = 0.0

    def __post_init__(self) -> None:
        self._began = self.clock()

    @property
    def late(self) -> bool:
        """Whether the claim is so old that another letter might not be answered while it holds."""
        return self.clock() - self._claimed_at > SENDING_SECONDS

    def enter_folded(self) -> None:
        """Enter the digests, due by now, of what earlier passes folded within 24 hours of a digest."""
        with self.ledger.begin() as conn:
            for to in folded_for(conn):
                if self._asks(to):
                    enter_due_digest(conn, to, now=self.now)

    def claim(self) -> list[Parcel]:
        """Claim some mails, fold what is above the cap, withhold what nobody asks for any more; none: all is done."""
        while True:
            claimed, kept = self._claim()
            if kept or not claimed:
                return parcels_of(kept)

    def _claim(self) -> tuple[int, list[DueMail]]:
        self._claimed_at = self.clock()
        # A slow server makes a pass long: a lease counted from its beginning would have ended before it began.
        moment = self.now + timedelta(seconds=self._claimed_at - self._began)
        with self.ledger.begin() as conn:
            dues = claim_mails(conn, now=moment, owner=self.owner, limit=BATCH, lease_seconds=LEASE_SECONDS)
            asked: list[DueMail] = []
            for due in dues:
                if not isinstance(due.mail, Alert) or self._asks(due.mail.to):
                    asked.append(due)
                    continue
                if moment - due.row.entered_at < WITHHELD:
                    postpone(conn, due.row, now=moment, until=moment + timedelta(hours=1), error=_UNASKED, counts=False)
                else:
                    set_aside(conn, due.row, now=self.now, error=_UNASKED)
                self.withheld += 1
            kept, surplus = share_out(asked, self._alerts_to, self.cap)
            for to, above in surplus.items():
                fold_into_digest(conn, above, now=self.now)
                enter_due_digest(conn, to, now=self.now)
                self.folded += len(above)
                log.info("More alerts than one recipient can read: folded into a digest", to=to, alerts=len(above))
        return len(dues), kept

    def _asks(self, to: str) -> bool:
        return self.readers is None or to.casefold() in self.readers
