"""A ledger for each test, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.opening import Ledger, open_ledger
from tests.servers.postgresql import own_database
from tests.unit.ledger.writing import NOW

DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=DATABASES)
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty place for a ledger: a file, or a database of its own on a real PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ledger.db'}"
        return
    with own_database(request.getfixturevalue("postgresql_server")) as url:
        yield url


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    """A new ledger, created at NOW."""
    with opened(ledger_url) as new:
        yield new


@contextmanager
def opened(url: str) -> Iterator[Ledger]:
    """Open a ledger as a pass does, and close it."""
    found = open_ledger(url, now=NOW)
    try:
        yield found
    finally:
        found.close()
