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
    ``recalled``: the article only remembers the event, it does not report it as news. ``language``
    is the article's (ISO 639-1), None when it cannot be told. ``fingerprint`` (see detection.copies) is
    what copies of one text have in common; empty for a text too short to tell.
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
    language: str | None = None
    fingerprint: tuple[int, ...] = ()


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


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """One event of the topic's timeline, entered as known when a ledger is created after it.

    ``id`` is stable for good. ``begins`` and ``ends`` are the first and
    last day it took, or can have taken, place on, in the calendar of its place.
    ``certain`` is False when too few sources agree: it then says nothing about a report of another day.
    """

    id: str
    headline: str
    begins: date
    ends: date
    finding: Finding
    certain: bool = True


@dataclass(frozen=True, slots=True)
class KnownDevelopment:
    """A development as the ledger holds it, and what has been told of it so far.

    ``told`` is the reading of the last mail entered in the outbox, None when nothing was told.
    ``known_event``: it comes from the timeline, not from an article.
    """

    development: Development
    told: Finding | None = None
    known_event: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What one article's findings on one event mean for what is known.

    ``development`` is the event as it stands after the decision, with all of its sightings (those of
    this article replace the ones of its earlier versions); None for noise. ``tell`` is the occasion on
    which those who asked are to be told, None when nobody is. ``reason`` says why this verdict, and
    always why nothing is told when nothing is.
    """

    verdict: Verdict
    kind: Kind
    findings: tuple[Finding, ...]
    development: Development | None
    tell: Occasion | None
    reason: str
