"""Insert-or-update, which SQLite and PostgreSQL spell alike but SQLAlchemy keeps apart."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(conn: Connection, table: Table, values: Mapping[str, Any], *, keys: Sequence[str]) -> None:
    """Insert a row, or set all but ``keys`` on the one that has the same keys."""
    rest = {name: value for name, value in values.items() if name not in keys}
    upsert_with(conn, table, values, keys=keys, again=rest)


def upsert_with(
    conn: Connection, table: Table, values: Mapping[str, Any], *, keys: Sequence[str], again: Mapping[str, Any]
) -> bool:
    """Insert a row, or set ``again`` on the one that has the same keys (nothing when ``again`` is empty).

    Returns whether a row was written.
    """
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    statement: Any = insert(table).values(**values)
    if again:
        statement = statement.on_conflict_do_update(index_elements=list(keys), set_=dict(again))
    else:
        statement = statement.on_conflict_do_nothing(index_elements=list(keys))
    # Not the row count: PostgreSQL's driver does not tell it for every form of the statement.
    return conn.execute(statement.returning(table.c[keys[0]])).first() is not None
