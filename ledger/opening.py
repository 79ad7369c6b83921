"""Opening a ledger: SQLite in a file by default, PostgreSQL by URL, created or migrated on the way."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, Engine

from records.development import KnownEvent


class Ledger:
    """An open ledger. Every function of this room takes a connection from ``begin`` or ``read``."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One write transaction: committed at the end, rolled back on any error (LedgerUnreachable among them)."""
        raise NotImplementedError
        yield

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of what is known, without holding up writers."""
        raise NotImplementedError
        yield

    def close(self) -> None:
        """Give back every connection."""


def open_ledger(url: str, *, now: datetime, known_events: Sequence[KnownEvent] = ()) -> Ledger:
    """Open the ledger at an SQLAlchemy URL, creating or migrating it.

    On creation, and for events a later release adds, those of ``known_events`` more than 7 days older
    than the moment of creation are entered as known. Raises LedgerTooNew, LedgerUnreachable (which
    never shows a password), ConfigurationError for a URL that is neither SQLite nor PostgreSQL.
    """
    raise NotImplementedError
