"""Articles and what is found in them, brought into a ledger of their own without a crawl, and delivered from there."""

import shutil
import socket
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from alerting.delivering import MailCounts
from alerting.delivering import deliver as deliver_mail
from alerting.sessions import Transport
from ledger.articles import store_article
from ledger.leases import this_owner
from ledger.opening import Ledger, open_ledger
from records.alert import Recipient
from records.article import Article, Origin
from records.development import Development, Occasion
from records.finding import Document, Examination, Finding
from tests.unit.ledger.writing import article, examination
from watch.detecting import DetectionCounts, detect

NOW = datetime(2025, 10, 26, 12, 0, tzinfo=UTC)
SENDER = "watch@example.org"
STATES = (
    "Algeria", "Angola", "Argentina", "Armenia", "Australia", "Austria", "Bahrain", "Belarus", "Belgium", "Bolivia",
    "Brazil", "Bulgaria", "Burundi", "Cambodia", "Canada", "Chad", "Chile", "Colombia", "Croatia", "Cuba",
    "Cyprus", "Denmark", "Ecuador", "Egypt", "Estonia", "Ethiopia", "Fiji", "Finland", "Gabon", "Ghana",
    "Greece", "Guatemala", "Guyana", "Haiti", "Honduras", "Hungary", "Iceland", "Indonesia", "Iran", "Iraq",
)  # fmt: skip


@dataclass
class Newsdesk:
    """A ledger, the readers who want everything at once, and what is to be found at each address."""

    ledger: Ledger
    readers: tuple[str, ...] = ("reader@example.org",)
    found: dict[str, tuple[Finding, ...]] = field(default_factory=dict)

    def store(self, one: Article, *findings: Finding, origin: Origin = "live", at: datetime = NOW) -> None:
        """Store an article in which something is to be found."""
        self.found[one.url] = findings
        with self.ledger.begin() as conn:
            store_article(conn, one, origin, at)

    def detect(self, *, now: datetime = NOW) -> DetectionCounts:
        """Decide on what is to be found in the articles."""
        return detect(self.ledger, recipients=self.recipients, now=now, read=self._read)

    def mail(self, transport: Transport, *, now: datetime = NOW, cap: int = 10) -> MailCounts:
        """Send what is due."""
        return deliver_mail(self.ledger, transport, sender=SENDER, now=now, owner=this_owner(), cap=cap)

    def recipients(self, _development: Development, _occasion: Occasion) -> Sequence[Recipient]:
        """Every reader, for everything."""
        return [Recipient(reader, "immediate", "everything") for reader in self.readers]

    def _read(self, document: Document) -> Examination:
        found: Mapping[str, tuple[Finding, ...]] = self.found
        return examination(_named(document), *found[str(document.url)])


def an_article(
    text: str, *, url: str, source: str = "tidings", title: str = "News", published_at: datetime | None = None
) -> Article:
    """An article published three hours before NOW, or at another instant."""
    at = NOW - timedelta(hours=3) if published_at is None else published_at
    return article(text, url=url, source=source, title=title, published_at=at, fetched_at=NOW)


@contextmanager
def new_ledger(url: str | None = None) -> Iterator[Ledger]:
    """An empty ledger: a file of its own, or at ``url``."""
    with ExitStack() as stack:
        if url is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ledger-")))
            shutil.copy(_empty(), folder / "ledger.sqlite")
            url = f"sqlite:///{folder / 'ledger.sqlite'}"
        ledger = open_ledger(url, now=NOW)
        stack.callback(ledger.close)
        yield ledger


def closed_port() -> int:
    """A port of this machine at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@cache
def _empty() -> Path:
    """An empty ledger to be copied: making its tables takes longer than what is done with most."""
    folder = tempfile.TemporaryDirectory(prefix="empty-ledger-")
    _KEPT.append(folder)
    path = Path(folder.name) / "ledger.sqlite"
    open_ledger(f"sqlite:///{path}", now=NOW).close()
    return path


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def _named(document: Document) -> Article:
    return replace(an_article(document.text, url=str(document.url)), id=document.id, language=document.language)
