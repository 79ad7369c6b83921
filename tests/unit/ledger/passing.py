"""Small passes for tests: store articles with what is to be found in them, and detect."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from ledger.alerts import Recipients
from ledger.articles import store_article
from ledger.leases import this_owner
from ledger.mails import DueMail, claim_mails, settle_mail
from ledger.opening import Ledger
from records.alert import Delivery, Recipient
from records.article import Article, Origin
from records.development import Development, Occasion
from records.finding import Document, Examination, Finding
from tests.unit.ledger.writing import NOW, article, examination
from watch.detecting import DetectionCounts, detect

READER = "reader@desk.example"


def everybody(development: Development, occasion: Occasion) -> Sequence[Recipient]:
    """One reader who wants everything at once."""
    return [Recipient(READER, "immediate", "all")]


def wanting(to: str, publishers: int = 1, delivery: Delivery = "immediate") -> Recipients:
    """A reader who wants what so many publishers report."""

    def asked(development: Development, occasion: Occasion) -> Sequence[Recipient]:
        return [Recipient(to, delivery, "some")] if development.publishers >= publishers else []

    return asked


class Desk:
    """Plays passes on a ledger: what is found in each article is given, by its text."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.found: dict[str, tuple[Finding, ...]] = {}
        self.broken: set[str] = set()

    def publish(self, one: Article, *findings: Finding, origin: Origin = "live", at: datetime = NOW) -> None:
        """Store an article in which something is to be found."""
        self.found[one.text] = findings
        with self.ledger.begin() as conn:
            store_article(conn, one, origin, at)

    def publish_all(self, many: Sequence[tuple[Article, Finding]], *, origin: Origin) -> None:
        """Store many articles with one finding each, at once."""
        with self.ledger.begin() as conn:
            for one, finding in many:
                self.found[one.text] = (finding,)
                store_article(conn, one, origin, NOW)

    def detect(self, recipients: Recipients = everybody, *, now: datetime = NOW) -> DetectionCounts:
        """Make one pass of the detect stage."""
        return detect(self.ledger, recipients=recipients, now=now, read=self.read)

    def read(self, document: Document) -> Examination:
        """Stand for detection: give what was announced, or fail as a programming error would."""
        if document.text in self.broken:
            raise ZeroDivisionError("a rule that divides by the length of nothing")
        named = article(document.text, language=document.language)
        return replace(examination(named, *self.found[document.text]), id=document.id)

    def deliver(self, *, now: datetime = NOW, accept: bool = True) -> list[DueMail]:
        """Claim what mails are due, as the alert stage does, and have the server accept them."""
        with self.ledger.begin() as conn:
            due = claim_mails(conn, now=now, owner=this_owner(), limit=100)
            for one in due if accept else ():
                settle_mail(conn, one, now=now)
        return due
