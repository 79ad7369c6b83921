"""Opening a ledger: created, opened again, migrated down and up, refused with a clear word."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from detection.timeline import load_known_events
from ledger.articles import article as stored
from ledger.articles import store_article
from ledger.migrating import created_at, downgrade, migrate
from ledger.opening import Ledger, open_ledger
from ledger.tables import metadata
from records.errors import ConfigurationError, LedgerTooNew, LedgerUnreachable
from tests.servers.postgresql import own_database
from tests.unit.ledger.conftest import opened
from tests.unit.ledger.writing import NOW, article


def test_migrations_make_the_tables_that_the_code_expects(ledger: Ledger) -> None:
    """Every table and column of tables.py is there after the migrations, and no other."""
    with ledger.read() as conn:
        there = inspect(conn)
        tables = {name: {c["name"] for c in there.get_columns(name)} for name in there.get_table_names()}
    tables.pop("alembic_version")
    assert tables == {table.name: set(table.c.keys()) for table in metadata.sorted_tables}


def test_indexes_and_unique_keys_are_those_of_the_code(ledger: Ledger) -> None:
    """What tables.py declares unique or indexed is so in the database."""
    with ledger.read() as conn:
        there = inspect(conn)
        indexes = {i["name"] for name in metadata.tables for i in there.get_indexes(name)}
        uniques = {u["name"] for name in metadata.tables for u in there.get_unique_constraints(name)}
    assert {str(index.name) for table in metadata.sorted_tables for index in table.indexes} <= indexes
    assert {"uq_alerts_recipient_development_occasion_facts", "uq_outbox_kind_subject"} <= uniques


def test_opening_again_keeps_what_is_there(ledger_url: str) -> None:
    """A ledger opened a second time has its articles and its moment of creation."""
    with opened(ledger_url) as first, first.begin() as conn:
        store_article(conn, article(), "live", NOW)
    second = open_ledger(ledger_url, now=NOW + timedelta(days=400))
    with second.read() as conn:
        assert stored(conn, article().id) == article()
        assert created_at(conn) == NOW
    second.close()


def test_migrations_go_down_and_up_with_data(ledger: Ledger) -> None:
    """Down to nothing from a ledger with data, and up again to an empty one."""
    with ledger.begin() as conn:
        store_article(conn, article(), "live", NOW)
    with ledger.begin() as conn:
        downgrade(conn, "base")
    with ledger.read() as conn:
        assert set(inspect(conn).get_table_names()) <= {"alembic_version"}
    with ledger.begin() as conn:
        migrate(conn, now=NOW)
    with ledger.begin() as conn:
        assert store_article(conn, article(), "live", NOW) == "stored"


def test_a_newer_ledger_is_refused(ledger_url: str) -> None:
    """A ledger of a revision that this release does not know is left alone, with a clear word."""
    with opened(ledger_url) as ledger, ledger.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LedgerTooNew, match="newer release"):
        open_ledger(ledger_url, now=NOW)


def test_an_unreachable_server_is_named_without_its_password() -> None:
    """No connection: the error names the server, and never the password."""
    with pytest.raises(LedgerUnreachable) as caught:
        open_ledger("postgresql://watch:s3cret-word@127.0.0.1:1/ledger", now=NOW)
    assert "127.0.0.1" in str(caught.value)
    assert "s3cret-word" not in f"{caught.value}{caught.value.__cause__}{caught.value.__context__}"


@pytest.mark.postgresql
def test_a_servers_own_idea_of_isolation_changes_nothing(postgresql_server: str) -> None:
    """Where transactions are serializable by default, a decision still sees what was committed while it waited."""
    with own_database(postgresql_server) as url:
        with opened(url) as ledger, ledger.begin() as conn:
            name = conn.engine.url.database
            conn.execute(text(f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'"))
        with opened(url) as ledger:
            with ledger.begin() as conn:
                assert conn.execute(text("SHOW transaction_isolation")).scalar() == "read committed"
            with ledger.read() as conn:
                assert conn.execute(text("SHOW transaction_isolation")).scalar() == "repeatable read"


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """A file of other content is not overwritten; the error says what is wrong."""
    path = tmp_path / "ledger.db"
    path.write_text("something else altogether, of some length")
    with pytest.raises(LedgerUnreachable, match="no database"):
        open_ledger(f"sqlite:///{path}", now=NOW)
    assert path.read_text().startswith("something else")


def test_a_place_that_cannot_be_written_is_named() -> None:
    """A path inside a pseudo file system cannot hold a ledger."""
    with pytest.raises(LedgerUnreachable, match="cannot be"):
        open_ledger("sqlite:////proc/nowhere/ledger.db", now=NOW)


@pytest.mark.parametrize("url", ["nonsense", "mysql://host/db", "sqlite://", "sqlite:///:memory:"])
def test_a_url_of_another_kind_is_wrong_use(url: str) -> None:
    """Only SQLite in a file and PostgreSQL can hold a ledger."""
    with pytest.raises(ConfigurationError, match="LEDGER"):
        open_ledger(url, now=NOW)


def test_known_events_are_those_older_than_the_ledger(ledger_url: str) -> None:
    """A ledger of 28 December 2019 knows November 2019, not the vote of the day before, and nothing later, ever."""
    for _ in range(2):
        ledger = open_ledger(ledger_url, now=NOW, known_events=load_known_events())
        with ledger.read() as conn:
            ids = set(conn.execute(text("SELECT id FROM developments")).scalars())
        ledger.close()
        assert "c3-74-vote" in ids
        assert not ids & {"ga-74-247", "ga-79-243", "hanoi-signing"}


def test_a_later_release_adds_only_events_older_than_the_ledger(ledger_url: str) -> None:
    """Events that a release adds are entered when they lie before the ledger's creation, however late it is opened."""
    open_ledger(ledger_url, now=NOW, known_events=()).close()
    later = open_ledger(ledger_url, now=NOW + timedelta(days=2500), known_events=load_known_events())
    with later.read() as conn:
        ids = set(conn.execute(text("SELECT id FROM developments")).scalars())
    later.close()
    assert "ga-73-187" in ids
    assert "ga-79-243" not in ids
