"""What has happened: an event, who reports it, and what was decided about telling it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from records.finding import Finding

Kind = Literal["vote", "statement", "milestone"]
Status = Literal["reported", "corroborated", "official", "contradicted", "withdrawn"]
Occasion = Literal["new", "correction", "digest"]
Verdict = Literal["new", "sighting", "correction", "recalled", "noise"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """One article's report of a development, with the sentence that proves it.

    ``start`` and ``end`` count characters of the version of the article named by ``content_hash``.
    ``recalled``: the article only remembers the event, it does not report it as news.
    """

    article_id: str
    url: str
    source: str
    publisher: str
    published_at: datetime | None
    title: str
    sentence: str
    start: int
    end: int
    content_hash: str
    rule: str
    recalled: bool
    finding: Finding


@dataclass(frozen=True, slots=True)
class Development:
    """One event, however many articles report it; 400 articles on one vote are one development.

    ``id`` is stable for good. ``finding`` is the best reading of the event. ``event_date`` is in the
    calendar of the event's place. ``publishers`` counts the families that report it as news,
    ``independent`` those left when copies are folded. ``not_told_because`` is None when it was, or
    is due to be, told.
    """

    id: str
    kind: Kind
    headline: str
    status: Status
    first_seen: datetime
    event_date: date | None
    publishers: int
    independent: int
    finding: Finding
    sightings: tuple[Sighting, ...] = ()
    not_told_because: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One mail accepted by the server: to whom, when (UTC), on what occasion."""

    to: str
    at: datetime
    occasion: Occasion
    message_id: str
