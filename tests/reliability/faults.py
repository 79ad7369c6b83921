"""A mail server with eleven faults, and an index that fails for one document in ten in each way."""

import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from alerting.server import read_server
from alerting.smtp import SmtpTransport
from alerting.transports import open_transport
from indexing.delivering import deliver as deliver_documents
from indexing.documents import Document
from indexing.embedded import EmbeddedIndex
from indexing.index import Putting
from indexing.rebuilding import verify
from ledger.leases import this_owner
from ledger.outbox import outbox_counts
from records.errors import IndexUnreachable
from tests.reliability.newsdesk import NOW, Newsdesk, an_article, new_ledger
from tests.servers.smtp import ALL, Fault, running_mail_server
from tests.unit.ledger.writing import milestone

PEOPLE = ("a@example.org", "b@example.org", "c@example.org")
VICTIM = PEOPLE[1]
REFUSED = ("recipient refused", "content refused")
UNKNOWABLE = ("dropped after the dot", "silent after the dot")
WAYS = ("postponed", "refused", "broken off before the write", "broken off after the write")


def of_the_mail_server(_seed: int, _long: bool) -> dict[str, Any]:
    """Each fault for one recipient of three, then a healthy server: the copies that each got."""
    seen = {fault: _copies_under(fault) for fault in ALL}
    wrong = [fault for fault, copies in seen.items() if copies != _expected(fault)]
    return {"faults": len(ALL), "copies": seen, "wrong": wrong, "held": not wrong}


def of_the_index(seed: int, long: bool) -> dict[str, Any]:
    """For each way to fail: one document in ten does, then the index recovers; all are indexed or set aside."""
    documents = 1000 if long else 40
    seen = {way: _account_under(way, documents, random.Random(seed)) for way in WAYS}
    wrong = [way for way, account in seen.items() if sum(account.values()) != documents or account["differs"]]
    return {"documents": documents, "accounts": seen, "wrong": wrong, "held": not wrong}


def _copies_under(fault: Fault) -> dict[str, int]:
    with new_ledger() as ledger, running_mail_server(fault=fault, victims=frozenset({VICTIM})) as server:
        desk = Newsdesk(ledger, PEOPLE)
        text = "Chile has signed the convention against cybercrime."
        desk.store(an_article(text, url="https://tidings.example/1"), milestone(text, subject="Chile"))
        desk.detect()
        hasty = replace(read_server(server.url, None), command_seconds=2.0, acceptance_seconds=0.5)
        desk.mail(SmtpTransport(hasty))
        server.fault = None
        desk.mail(open_transport(server.url), now=NOW + timedelta(hours=1))
        assert len({mail.message_id for mail in server.received}) == sum(map(bool, _counted(server.received).values()))
        return _counted(server.received)


def _counted(received: Iterable[Any]) -> dict[str, int]:
    copies = Counter(mail.to[0] for mail in received)
    return {one: copies[one] for one in PEOPLE}


def _expected(fault: Fault) -> dict[str, int]:
    return dict.fromkeys(PEOPLE, 1) | {VICTIM: 0 if fault in REFUSED else 2 if fault in UNKNOWABLE else 1}


class _Failing(EmbeddedIndex):
    """The built-in index, which fails for some ids as long as it is sick."""

    def __init__(self, path: Path, way: str, victims: set[str]) -> None:
        super().__init__(path)
        self.way = way
        self.victims = victims
        self.sick = True

    def put(self, documents: Iterable[Document]) -> Iterator[Putting]:
        """Put each document, unless it is a victim."""
        for document in documents:
            if document.id not in self.victims or not (self.sick or self.way == "refused"):
                yield from super().put([document])
            elif self.way == "postponed":
                yield Putting(document.collection, document.id, "postponed", "(429) too busy")
            elif self.way == "refused":
                yield Putting(document.collection, document.id, "refused", "(400) mapper_parsing_exception")
            else:
                if self.way.endswith("after the write"):
                    list(super().put([document]))
                raise IndexUnreachable("the connection broke")


def _account_under(way: str, documents: int, chance: random.Random) -> dict[str, int]:
    with new_ledger() as ledger, tempfile.TemporaryDirectory() as folder:
        desk = Newsdesk(ledger)
        articles = [
            an_article(f"Text {number}.", url=f"https://tidings.example/{number}", title=f"Title {number}")
            for number in range(documents)
        ]
        for one in articles:
            desk.store(one)
        victims = {one.id for one in chance.sample(articles, documents // 10)}
        index = _Failing(Path(folder) / "index.sqlite", way, victims)
        for hours in range(4):
            index.sick = hours < 2
            deliver_documents(ledger, index, now=NOW + timedelta(hours=hours), owner=this_owner())
        with ledger.read() as conn:
            rows = {state: count for (kind, state), count in outbox_counts(conn).items() if kind == "index"}
        found = verify(ledger, index).collections["articles"]
        index.close()
    aside = rows.get("set_aside", 0)
    return {"indexed": found.index, "set_aside": aside, "differs": found.differing + found.surplus}
