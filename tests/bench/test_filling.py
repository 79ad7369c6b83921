"""Ledgers filled in bulk for measuring are the ledgers that a watch would have filled."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from indexing.delivering import deliver
from indexing.opening import open_index
from indexing.rebuilding import verify
from ledger import tables
from ledger.leases import this_owner
from ledger.opening import Ledger, open_ledger
from tests.bench.filling import fill, fill_in_bulk
from tests.bench.happenings import report
from tests.bench.press import BEGINNING, SHARES, print_articles

COUNT = 120


@pytest.fixture
def ledgers(tmp_path: Path) -> tuple[Ledger, Ledger]:
    """Two empty ledgers."""
    one, other = (open_ledger(f"sqlite:///{tmp_path / name}.sqlite", now=BEGINNING) for name in ("one", "other"))
    return one, other


def rows(ledger: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables that hold articles and what they report."""
    names = ("articles", "versions", "runs", "addresses", "examinations", "findings", "developments", "sightings")
    with ledger.read() as conn:
        chosen = {name: select(tables.metadata.tables[name]) for name in (*names, "outbox")}
        return {name: sorted(map(tuple, conn.execute(one)), key=repr) for name, one in chosen.items()}


def test_bulk_leaves_the_rows_that_the_normal_way_leaves(ledgers: tuple[Ledger, Ledger], tmp_path: Path) -> None:
    """Every row of every table is the same, before the index had them and after."""
    normal, bulk = ledgers
    fill(normal, report(print_articles(COUNT), exact=True))
    fill_in_bulk(bulk, report(print_articles(COUNT), exact=True))
    assert rows(bulk) == rows(normal)
    index = open_index("embedded", home=tmp_path)
    deliver(normal, index, now=BEGINNING.replace(year=2026), owner=this_owner())
    assert verify(bulk, index).agrees
    index.close()


def test_an_article_is_the_same_each_time_and_no_two_are_alike() -> None:
    """The seed decides; languages, copies and undated articles are all among them."""
    printed = list(print_articles(400))
    assert printed == list(print_articles(400))
    assert len({one.article.id for one in printed}) == len({one.article.content_hash for one in printed}) == 400
    assert {one.article.language for one in printed} == set(SHARES)
    assert any(one.original for one in printed)
    assert any(one.article.published_at is None for one in printed)
    assert print_articles(1, first=400).__next__().article.id not in {one.article.id for one in printed}
