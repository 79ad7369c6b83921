"""How the database finds what a pass asks for: by an index that narrows, however much there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from detection.timeline import load_known_events
from ledger.addresses import seen_addresses
from ledger.articles import store_article
from ledger.developments import development
from ledger.known_events import enter_known_events
from ledger.leases import this_owner
from ledger.opening import Ledger, open_ledger
from ledger.outbox import claim, settle
from ledger.sources import origin_of
from tests.unit.ledger.passing import Desk
from tests.unit.ledger.writing import NOW, article, milestone, statement, vote

ALL_OF_A_KIND = "(kind=?)"
"""What SQLite says when it reads all developments of one kind: an index, but one that narrows nothing."""

LARGE = ("articles", "versions", "runs", "addresses", "examinations", "findings", "developments", "sightings", "alerts")
NARROW = ("ix_developments_known_event", "ix_articles_unexamined", "ix_articles_examining_failed")
"""Indices of few rows, which may be read whole."""


@pytest.fixture
def sqlite_ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger on SQLite."""
    opened = open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}", now=NOW)
    yield opened
    opened.close()


@contextmanager
def watched(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """Every statement that is executed meanwhile, with the values of one execution."""
    seen: dict[str, Any] = {}

    def keep(_conn: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        seen.setdefault(statement, values[0] if many else values)

    event.listen(ledger.engine, "before_cursor_execute", keep)
    yield seen
    event.remove(ledger.engine, "before_cursor_execute", keep)


def play(ledger: Ledger) -> None:
    """One small pass over all that a ledger is asked on the way."""
    with ledger.begin() as conn:
        enter_known_events(conn, load_known_events(), now=NOW)
    desk = Desk(ledger)
    texts = [
        f"Report {number}: the treaty was voted on, signed and praised, number {number}. " * 8 for number in range(6)
    ]
    for number, text in enumerate(texts):
        one = article(text, url=f"https://tidings.example/{number}", title=f"Report {number}")
        found = (
            vote(text),
            milestone(text),
            statement(text, text[:60]),
            statement(text, text[:40], speaker="Ana Morel"),
        )
        with ledger.begin() as conn:
            assert not seen_addresses(conn, one.source, [one.url])
            assert origin_of(conn, one.source, one.published_at, now=NOW) == "live"
        desk.publish(one, *found)
    assert desk.detect().examined == len(texts)
    with ledger.begin() as conn:
        for row in claim(conn, "index", now=NOW + timedelta(hours=1), owner=this_owner(), limit=10):
            development(conn, row.subject.removeprefix("development:"))
            settle(conn, row, now=NOW)
    desk.deliver()
    with ledger.begin() as conn:
        store_article(conn, article(texts[0] + "More.", url="https://tidings.example/0"), "live", NOW)


def test_no_statement_of_a_pass_reads_a_whole_table(sqlite_ledger: Ledger) -> None:
    """On SQLite, which plans without knowing how much there is (PostgreSQL rightly reads all of a small ledger)."""
    ledger = sqlite_ledger
    with watched(ledger) as seen:
        play(ledger)
    assert len(seen) > 40
    wide = []
    with ledger.read() as conn:
        for statement_text, values in seen.items():
            if statement_text.split()[0] in ("SELECT", "UPDATE", "DELETE"):
                plan = [str(row[3]) for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement_text}", values)]
                wide += [(step, statement_text) for step in plan if reads_much(step)]
    assert not wide


def reads_much(step: str) -> bool:
    """Whether a step of a plan reads all of a large table, all of a source or all of a kind."""
    if any(index in step for index in NARROW):
        return False
    scan = step.startswith("SCAN") and step.split()[1] in LARGE
    of_a_kind = step.startswith("SEARCH developments") and step.endswith(ALL_OF_A_KIND)
    return scan or of_a_kind or (step.startswith("SEARCH articles") and step.endswith("(source=?)"))
