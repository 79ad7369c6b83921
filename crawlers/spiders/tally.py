"""What becomes of the items of one source: each is counted once, and nothing is dropped without a word."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

# How long an entry that could not be had is asked for again, by what went wrong. What is not named here
# will not change (a page that is no HTML, a forbidden address) and is let go at once.
PATIENCE = {
    "unreachable": timedelta(days=7),
    "no_address": timedelta(days=7),
    "no_time": timedelta(days=7),
    "waiting": timedelta(days=7),
    "blocked": timedelta(days=2),
    "gone": timedelta(days=1),
    "page_cap": timedelta(days=7),
    "stopped": timedelta(days=36500),
    "robots": timedelta(),
}


@dataclass(slots=True)
class Tally:
    """Counts of one pass; ``found = known + off_topic + stored + dropped`` once every item is settled."""

    found: int = 0
    known: int = 0
    off_topic: int = 0
    stored: int = 0
    dropped: Counter[str] = field(default_factory=Counter)

    @property
    def open(self) -> int:
        """How many items are found and not settled yet."""
        return self.found - self.known - self.off_topic - self.stored - self.dropped.total()
