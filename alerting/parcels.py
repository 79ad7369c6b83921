"""What goes together in one letter, in which order, and what is too much for one recipient: pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from alerting.rendering import Letter, Letterhead, render_alert, render_notices
from ledger.mails import DueMail, Notice
from records.alert import Alert

_URGENCY = {"vote": 1, "milestone": 2, "statement": 3}


@dataclass(frozen=True, slots=True)
class Parcel:
    """One letter's worth of claimed rows: an alert, a digest, or all notices to one operator."""

    dues: tuple[DueMail, ...]

    @property
    def to(self) -> str:
        """The one recipient."""
        return self.dues[0].mail.to

    @property
    def about_faults(self) -> bool:
        """Whether these are notices to the operator."""
        return isinstance(self.dues[0].mail, Notice)

    def render(self, letterhead: Letterhead) -> Letter:
        """Write the letter."""
        first = self.dues[0].mail
        if isinstance(first, Alert):
            return render_alert(first, self.dues[0].occasions, letterhead)
        texts = [(due.mail.subject, due.mail.text) for due in self.dues if isinstance(due.mail, Notice)]
        return render_notices(first.to, first.message_id, texts, letterhead)


def parcels_of(dues: Sequence[DueMail]) -> list[Parcel]:
    """Return one parcel for each alert; the notices to one operator go together, after the alerts."""
    notices: dict[str, list[DueMail]] = {}
    parcels = []
    for due in dues:
        if isinstance(due.mail, Notice):
            notices.setdefault(due.mail.to, []).append(due)
        else:
            parcels.append(Parcel((due,)))
    return parcels + [Parcel(tuple(group)) for group in notices.values()]


def share_out(
    dues: Sequence[DueMail], alerts_to: Counter[str], cap: int
) -> tuple[list[DueMail], dict[str, list[DueMail]]]:
    """Return the mails to send, most urgent first, and by recipient those above ``cap`` alerts.

    ``alerts_to`` counts the alerts of this pass by recipient, and is carried on from claim to claim.
    """
    kept: list[DueMail] = []
    surplus: dict[str, list[DueMail]] = {}
    for due in sorted(dues, key=_rank):
        if isinstance(due.mail, Alert) and due.mail.occasion != "digest":
            alerts_to[due.mail.to] += 1
            if alerts_to[due.mail.to] > cap:
                surplus.setdefault(due.mail.to, []).append(due)
                continue
        kept.append(due)
    return kept, surplus


def _rank(due: DueMail) -> tuple[int, int]:
    """Votes before milestones before statements; of each, the older first."""
    mail = due.mail
    if isinstance(mail, Notice) or not mail.developments:
        return 0, due.row.id
    return _URGENCY[mail.developments[0].kind], due.row.id
