"""How the watch itself does: one document for each pass over a source, and one for each reading of what waits."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PassDocument:
    """One pass over one source; found = known + off_topic + stored + dropped.

    ``well``: the source was read, whatever was found there. ``reasons`` are those of what was dropped.
    ``network_seconds`` is the time of its requests, added up.
    """

    id: str
    source: str
    state: str
    well: bool
    started_at: datetime
    ended_at: datetime
    seconds: float
    network_seconds: float | None
    found: int
    known: int
    off_topic: int
    stored: int
    dropped: int
    reasons: tuple[str, ...]
    error: str | None
    checksum: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PulseDocument:
    """What waited, and how the sources did, at one moment of each pass: see ledger.pulses.

    ``silent`` and ``faulty`` name sources: those that bring nothing new, and those that cannot be read.
    """

    id: str
    at: datetime
    index_waiting: int
    index_oldest_seconds: int
    index_set_aside: int
    mails_waiting: int
    mails_oldest_seconds: int
    mails_set_aside: int
    mails_accepted: int
    quarantined: int
    sources: int
    sources_well: int
    silent: tuple[str, ...]
    faulty: tuple[str, ...]
    checksum: str | None = None
