"""The account of a pass: what was found is known, off the topic, stored, or dropped for a reason."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, create_engine, select

from ledger.tables import passes


def is_accounted(counts: Mapping[str, Any]) -> bool:
    """Tell whether found = known + off topic + stored + dropped, and each that was dropped has a reason."""
    parts = counts["known"] + counts["off_topic"] + counts["stored"] + sum(counts["dropped"].values())
    return bool(counts["found"] == parts) and all(counts["dropped"])


class NotAccounted(AssertionError):
    """A pass in a ledger does not say what became of every item."""


def check_accounts(ledger_url: str) -> int:
    """Raise NotAccounted for any pass in a ledger, whoever made it, that does not add up; else how many there are."""
    engine = create_engine(ledger_url)
    try:
        with engine.connect() as conn:
            if wrong := unaccounted(conn):
                raise NotAccounted("; ".join(wrong))
            return len(conn.execute(select(passes.c.number)).all())
    finally:
        engine.dispose()


def unaccounted(conn: Connection) -> list[str]:
    """Return the sources' passes in a ledger that do not account for every item."""
    return [
        f"{row.source} from {row.started_at}" for row in conn.execute(select(passes)) if not is_accounted(row._asdict())
    ]
