"""The time of a crawl: it begins at a given moment, and passes as time does."""

from datetime import datetime, timedelta
from time import monotonic


class Clock:
    """A clock set to ``as_of`` (UTC) when it is made."""

    def __init__(self, as_of: datetime) -> None:
        self._as_of = as_of
        self._started = monotonic()

    def now(self) -> datetime:
        """Return the moment it is now, in UTC."""
        return self._as_of + timedelta(seconds=monotonic() - self._started)
