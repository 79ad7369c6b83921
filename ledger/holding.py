"""Keeping others out of a decision until the transaction ends."""

from hashlib import blake2b

from sqlalchemy import Connection, text


def hold(conn: Connection, name: str) -> None:
    """Wait until nobody else holds ``name``, then hold it until the transaction ends.

    On SQLite nothing is left to do: a write transaction already is the only one.
    """
    if conn.dialect.name == "postgresql":
        key = int.from_bytes(blake2b(name.encode(), digest_size=7).digest(), "big")
        conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
