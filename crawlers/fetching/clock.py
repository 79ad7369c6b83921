"""The time of a crawl: the clock's, or one moment that stands for it."""

from datetime import UTC, datetime


class Clock:
    """Tells the time; with ``as_of`` it stands still, so that what is stored is never later than its reader's now."""

    def __init__(self, as_of: datetime | None) -> None:
        self._as_of = as_of.astimezone(UTC) if as_of else None

    def now(self) -> datetime:
        """Return the moment it is now, in UTC."""
        return self._as_of or datetime.now(UTC)
