"""Opening a ledger: SQLite in a file by default, PostgreSQL by URL, created or migrated on the way."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from ledger.faults import unreachable
from ledger.known_events import enter_known_events
from ledger.migrating import migrate
from records.development import KnownEvent
from records.errors import ConfigurationError, LedgerUnreachable

# How long a writer waits for another: a transaction of ours takes milliseconds, so half a minute is a stuck one.
BUSY_SECONDS = 30


class Ledger:
    """An open ledger. Every function of this room takes a connection from ``begin`` or ``read``."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One write transaction: committed at the end, rolled back on any error (LedgerUnreachable among them)."""
        with self._naming_faults(), self.engine.execution_options(writing=True).begin() as conn:
            yield conn

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of what is known, without holding up writers."""
        with self._naming_faults(), self.engine.execution_options(isolation_level=self._reading).begin() as conn:
            yield conn

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    @property
    def _reading(self) -> str:
        # A reader of SQLite in WAL mode sees one state of the file for as long as its transaction lasts.
        return "SERIALIZABLE" if self.engine.dialect.name == "sqlite" else "REPEATABLE READ"

    @contextmanager
    def _naming_faults(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            fault = unreachable(error, self.engine.url)
            if fault is None:
                raise
            raise fault from None


def open_ledger(
    url: str,
    *,
    now: datetime,
    known_events: Sequence[KnownEvent] = (),
    mail_domain: str = "convention-watch.invalid",
) -> Ledger:
    """Open the ledger at an SQLAlchemy URL, creating or migrating it.

    ``mail_domain`` ends the Message-ID of every mail that is entered through it.

    On creation, and for events a later release adds, those of ``known_events`` more than 7 days older
    than the moment of creation are entered as known. Raises LedgerTooNew, LedgerUnreachable (which
    never shows a password), ConfigurationError for a URL that is neither SQLite nor PostgreSQL.
    """
    ledger = Ledger(_engine(_address(url)).execution_options(mail_domain=mail_domain))
    try:
        with ledger.begin() as conn:
            migrate(conn, now=now)
            enter_known_events(conn, known_events, now=now)
    except BaseException:
        ledger.close()
        raise
    return ledger


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        raise ConfigurationError("LEDGER is no database URL (sqlite:///path or postgresql://…)") from None
    if address.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return address.set(drivername="postgresql+psycopg")
    if address.drivername in ("sqlite", "sqlite+pysqlite"):
        return address
    raise ConfigurationError(f"LEDGER must be sqlite or postgresql, not {address.drivername}")


def _engine(address: URL) -> Engine:
    if address.get_backend_name() != "sqlite":
        # Time zones and search paths of a server's defaults never matter: instants are kept as text.
        # Nor does their isolation: what is read after ``hold`` must be what others have committed before it.
        return create_engine(address, pool_pre_ping=True, isolation_level="READ COMMITTED")
    if address.database in (None, "", ":memory:"):
        raise ConfigurationError("LEDGER must name a file: a ledger in memory forgets")
    try:
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerUnreachable(f"the ledger {address.database} cannot be made: {error.strerror}") from error
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own guesses at transactions are turned off: we say BEGIN ourselves.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(conn: Connection) -> None:
    # A writer takes its lock at once: one that read first and wrote later could not wait, only fail.
    writing = conn.get_execution_options().get("writing")
    conn.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
