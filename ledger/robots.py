"""robots.txt as each origin last gave it, so that a pass need not ask for it again."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from ledger.tables import robots
from ledger.upserting import upsert

FORGOTTEN_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """What ``origin`` (scheme://host:port) answered for /robots.txt. ``fetched_at``: asked or confirmed last, in UTC.

    ``body`` is empty unless ``status`` is 2xx. ``etag`` and ``last_modified`` are None when the answer had none.
    """

    origin: str
    status: int
    body: str
    fetched_at: datetime
    etag: str | None = None
    last_modified: str | None = None


def load_robots(conn: Connection, origin: str) -> RobotsFile | None:
    """Return what an origin last answered, however old; None when it was never asked."""
    row = conn.execute(select(robots).where(robots.c.origin == origin)).mappings().one_or_none()
    return None if row is None else RobotsFile(**row)


def keep_robots(conn: Connection, file: RobotsFile) -> None:
    """Keep an answer in place of the origin's last, and forget those that nobody has confirmed for a month."""
    conn.execute(robots.delete().where(robots.c.fetched_at < file.fetched_at - FORGOTTEN_AFTER))
    upsert(conn, robots, asdict(file), keys=("origin",))
