"""How things stand after passes, in a form that does not depend on the order in which they came to stand so."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select

from indexing.opening import open_index
from indexing.rebuilding import verify
from ledger.opening import Ledger, open_ledger
from ledger.outbox import outbox_counts
from ledger.tables import alerts, articles, findings, leases, mails, sightings
from tests.newsroom.accounting import unaccounted
from tests.servers.smtp import MailServer


@dataclass(frozen=True, slots=True)
class Standing:
    """What ledger and index hold: ``facts`` counts each article, finding, sighting and alert by what it says.

    ``mails`` are the Message-IDs of all mails entered to readers, ``unsent`` those that no server accepted yet;
    ``open_rows`` are rows of the outbox that are not settled; ``surplus`` counts what the index holds otherwise than
    the ledger; ``unaccounted`` names passes of sources that do not say what became of every item.
    """

    facts: Counter[Hashable]
    mails: frozenset[str]
    unsent: frozenset[str]
    open_rows: int
    surplus: int
    leases: int
    unaccounted: list[str]


@dataclass(slots=True)
class Difference:
    """What is lost and doubled against an undisturbed pass; texts for a reader."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    @property
    def none(self) -> bool:
        """Whether all is as it should be."""
        return not self.lost and not self.doubled


def look(ledger_url: str, home: Path, *, now: datetime) -> Standing:
    """Read ledger and built-in index; the ledger is opened and closed."""
    ledger = open_ledger(ledger_url, now=now)
    try:
        with ledger.read() as conn:
            facts = _facts(conn)
            ids = frozenset(conn.execute(select(mails.c.message_id).where(mails.c.kind != "notice")).scalars())
            unsent = frozenset(conn.execute(select(mails.c.message_id).where(mails.c.accepted_at.is_(None))).scalars())
            rows = sum(count for (_, state), count in outbox_counts(conn).items() if state != "settled")
            untold = unaccounted(conn)
            held = conn.execute(select(func.count()).select_from(leases)).scalar_one()
        return Standing(facts, ids, unsent, rows, _index_difference(ledger, home), held, untold)
    finally:
        ledger.close()


def compare(found: Standing, reference: Standing) -> Difference:
    """Say what ``found`` lacks or has too often, against a pass that nothing disturbed."""
    difference = Difference(
        lost=[str(fact) for fact in (reference.facts - found.facts).elements()],
        doubled=[str(fact) for fact in (found.facts - reference.facts).elements()],
    )
    difference.lost += [f"unsent mail {one}" for one in found.unsent]
    difference.lost += [f"{found.open_rows} rows of the outbox are open"] if found.open_rows else []
    difference.lost += [f"unaccounted: {one}" for one in found.unaccounted]
    difference.doubled += [f"{found.surplus} documents differ from the ledger"] if found.surplus else []
    if len(found.mails) > len(reference.mails):
        difference.doubled.append(f"{len(found.mails)} mails entered instead of {len(reference.mails)}")
    return difference


def compare_mails(found: Standing, server: MailServer) -> Difference:
    """Say which of the mails entered no server got, and which came twice (by Message-ID)."""
    got = Counter(mail.message_id for mail in server.received)
    return Difference(
        lost=[one for one in found.mails if one not in got],
        doubled=[one for one, times in got.items() for _ in range(times - 1)],
    )


def _facts(conn: Connection) -> Counter[Hashable]:
    counted: Counter[Hashable] = Counter()
    for row in conn.execute(select(articles.c.source, articles.c.url, articles.c.version, articles.c.examined_version)):
        counted["article", row.source, row.url, row.version, row.examined_version] += 1
    found = select(findings.c.article, findings.c.version, findings.c.kind, findings.c.sentence)
    for one in conn.execute(found):
        counted["finding", *one] += 1
    seen = select(sightings.c.development, sightings.c.url, sightings.c.sentence, sightings.c.start)
    proofs: dict[str, list[tuple[str, str, int]]] = {}
    for row in conn.execute(seen):
        proofs.setdefault(row.development, []).append((row.url, row.sentence, row.start))
    for proof in proofs.values():
        counted["development", *sorted(proof)] += 1
    for row in conn.execute(select(alerts.c.recipient, alerts.c.development, alerts.c.occasion)):
        counted["alert", row.recipient, row.occasion, *sorted(proofs[row.development])] += 1
    return counted


def _index_difference(ledger: Ledger, home: Path) -> int:
    index = open_index("embedded", home=home, api_key=None, ca=None)
    try:
        index.prepare()
        compared = verify(ledger, index).collections.values()
        return sum(one.missing + one.differing + one.surplus for one in compared)
    finally:
        index.close()
