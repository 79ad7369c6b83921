"""One flat document for each vote, statement and milestone: what Kibana counts, because it cannot count nested fields.

A finding's document is its development's: one event, however many articles report it, under the development's id.
Several values stand side by side in one field (all tallies reported, all proving sentences); ``sentence``, its offsets,
its rule and its hash are those of the first report as news.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingDocument:
    """What a vote, a statement and a milestone have in common.

    ``happened_at`` is when it happened as far as is known: the day of the event, else the first report's publication,
    else when it was first seen. ``lag_seconds`` is from that publication until it was first seen. ``publisher``,
    ``language``, ``source``, ``article``, ``url`` and ``title`` are the first report's; it is None for an event of the
    timeline that nobody has reported yet. ``states`` are ISO 3166 codes of the states that the proving sentences name;
    ``sentences`` are the first fifty.
    """

    id: str
    headline: str
    status: str
    on_topic: bool
    happened_at: datetime
    first_seen: datetime
    event_date: date | None
    published_at: datetime | None
    lag_seconds: int | None
    publishers: int
    independent: int
    sighting_count: int
    recalled_count: int
    not_told_because: str | None
    url: str | None
    urls: tuple[str, ...]
    title: str | None
    source: str | None
    sources: tuple[str, ...]
    publisher: str | None
    publisher_families: tuple[str, ...]
    language: str | None
    languages: tuple[str, ...]
    article: str | None
    articles: tuple[str, ...]
    sentence: str | None
    sentences: tuple[str, ...]
    start: int | None
    end: int | None
    rule: str
    content_hash: str | None
    states: tuple[str, ...]
    checksum: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteDocument(FindingDocument):
    """One vote. A number that no report gives is None.

    ``tally`` is the best reading as "79-60-33" ("?" for a number not given), ``tallies`` all that were reported: more
    than one is a contradiction. ``margin`` is in favour less against.
    """

    tally: str | None
    tallies: tuple[str, ...]
    in_favour: int | None
    against: int | None
    abstain: int | None
    margin: int | None
    outcome: str | None
    method: str | None
    body: str | None
    object: str | None
    symbol: str | None
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDocument(FindingDocument):
    """One speaker on one occasion.

    ``speaker`` is the full name where it is known, ``mention`` the words of the text, with their offsets in the first
    report; ``state`` the ISO code of the state spoken for; ``quote`` what was said there, without the reporter's words.
    """

    speaker: str | None
    mention: str | None
    speaker_start: int | None
    speaker_end: int | None
    role: str | None
    affiliation: str | None
    state: str | None
    mode: str
    cue: str | None
    stance: str | None
    quote: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneDocument(FindingDocument):
    """One step in the treaty's life. ``state`` is the ISO code of the subject, None for a body or a ceremony."""

    type: str
    subject: str | None
    state: str | None
    certainty: str
    count: int | None
