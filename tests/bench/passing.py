"""What a pass asks of the ledger, however much that knows: known addresses, new articles, decisions, the outbox."""

import time
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from detection.timeline import load_known_events
from indexing.schemas import COLLECTIONS
from indexing.sourcing import read_documents
from ledger import tables
from ledger.addresses import seen_addresses
from ledger.articles import store_article
from ledger.leases import this_owner
from ledger.mails import claim_mails, settle_mail
from ledger.opening import Ledger, open_ledger
from ledger.outbox import claim, outbox_counts, settle
from ledger.sources import origin_of
from records.alert import Recipient
from records.development import Development, Occasion
from records.finding import Document, Examination
from tests.bench.happenings import report
from tests.bench.press import BEGINNING, GAP, print_articles
from watch.detecting import detect

NEW = 40
KNOWN = 2_000
"""Entries of feeds that were seen before."""


def measure_pass(url: str, articles: int) -> dict[str, Any]:
    """CPU milliseconds of each stage's work on a ledger of so many articles; what is found in the new is given."""
    now = BEGINNING + GAP * articles
    steps: dict[str, float] = {}
    before = time.process_time()

    def note(step: str) -> None:
        nonlocal before
        spent, before = time.process_time() - before, time.process_time()
        steps[step] = round(spent * 1000, 1)

    new = list(report(print_articles(NEW, first=articles, seed=7), exact=True, seed=7))
    note("made ready")
    ledger = open_ledger(url, now=now, known_events=load_known_events())
    try:
        note("open")
        _recognise(ledger)
        note("known")
        for one in new:
            with ledger.begin() as conn:
                origin_of(conn, one.printed.article.source, one.printed.article.published_at, now=now)
                store_article(conn, one.printed.article, "live", now)
        note("store")
        found = {one.printed.article.id: one.examination for one in new}

        def read(document: Document) -> Examination:
            return found[document.id]

        detect(ledger, recipients=_everybody, now=now, read=read)
        note("detect")
        _deliver(ledger, now + timedelta(hours=1))
        note("deliver")
    finally:
        ledger.close()
    return {"articles": articles, "new": len(new), **steps, "all": round(sum(steps.values()) - steps["made ready"], 1)}


def _recognise(ledger: Ledger) -> None:
    with ledger.read() as conn:
        some = select(tables.addresses.c.source, tables.addresses.c.url).limit(KNOWN)
        by_source: dict[str, list[str]] = {}
        for row in conn.execute(some):
            by_source.setdefault(row.source, []).append(row.url)
        assert sum(len(seen_addresses(conn, source, urls)) for source, urls in by_source.items()) > 0


def _everybody(_development: Development, _occasion: Occasion) -> list[Recipient]:
    return [Recipient("reader@example.org", "immediate", "all")]


def _deliver(ledger: Ledger, now: Any) -> None:
    with ledger.read() as conn:
        outbox_counts(conn)
    while True:
        with ledger.begin() as conn:
            rows = claim(conn, "index", now=now, owner=this_owner(), limit=200)
        if not rows:
            break
        with ledger.read() as conn:
            for row in rows:
                read_documents(conn, row, COLLECTIONS)
        with ledger.begin() as conn:
            for row in rows:
                settle(conn, row, now=now)
    with ledger.begin() as conn:
        for mail in claim_mails(conn, now=now, owner=this_owner(), limit=100):
            settle_mail(conn, mail, now=now)
