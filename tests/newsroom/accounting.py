"""The account of a pass: what was found is known, off the topic, stored, or dropped for a reason."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from ledger.tables import passes


def is_accounted(counts: Mapping[str, Any]) -> bool:
    """Tell whether found = known + off topic + stored + dropped, and each that was dropped has a reason."""
    parts = counts["known"] + counts["off_topic"] + counts["stored"] + sum(counts["dropped"].values())
    return bool(counts["found"] == parts) and all(counts["dropped"])


def unaccounted(conn: Connection) -> list[str]:
    """Return the sources' passes in a ledger that do not account for every item."""
    return [
        f"{row.source} from {row.started_at}" for row in conn.execute(select(passes)) if not is_accounted(row._asdict())
    ]
