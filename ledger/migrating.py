"""Bringing a ledger's tables to this release: created, migrated, or refused as too new."""

import uuid
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select, text

from ledger.tables import facts
from records.errors import LedgerTooNew

_SCRIPTS = Path(__file__).with_name("migrations")
_MIGRATING = 7_240_247  # any number: the same for every process that opens a ledger


def migrate(conn: Connection, *, now: datetime, to: str = "head") -> None:
    """Bring the tables to the revision ``to``, within the caller's transaction.

    Raises LedgerTooNew when the ledger was written by a newer release. ``now`` becomes the moment of
    creation of a new ledger.
    """
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
    scripts = ScriptDirectory(str(_SCRIPTS))
    known = {script.revision for script in scripts.walk_revisions()}
    current = MigrationContext.configure(conn).get_current_revision()
    if current is not None and current not in known:
        raise LedgerTooNew(f"the ledger was written by a newer release (revision {current}); install that release")
    if current == scripts.get_current_head() and to == "head":
        return
    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    command.upgrade(config, to)
    if current is None:
        _note_creation(conn, now)


def downgrade(conn: Connection, to: str) -> None:
    """Take the tables back to the revision ``to`` (``base``: none), within the caller's transaction."""
    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    command.downgrade(config, to)


def created_at(conn: Connection) -> datetime:
    """The moment (AS_OF counts) at which this ledger was created, in UTC."""
    return datetime.fromisoformat(_fact(conn, "created_at"))


def identity(conn: Connection) -> str:
    """A random name that no other ledger has, for what must differ between two of them."""
    return _fact(conn, "identity")


def _fact(conn: Connection, name: str) -> str:
    return str(conn.execute(select(facts.c.value).where(facts.c.name == name)).scalar_one())


def _note_creation(conn: Connection, now: datetime) -> None:
    conn.execute(
        facts.insert(),
        [{"name": "created_at", "value": now.isoformat()}, {"name": "identity", "value": uuid.uuid4().hex}],
    )
