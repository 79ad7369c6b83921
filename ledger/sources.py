"""Sources as the ledger knows them: what their feeds last answered, their passes, their health."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from records.article import Origin

State = Literal["ok", "unchanged", "empty", "undated", "blocked", "parse_error", "unreachable", "silent", "gone"]


@dataclass(frozen=True, slots=True)
class FeedState:
    """What one way into a source (feed, sitemap, listing) last answered. Instants are in UTC.

    ``not_before``: do not ask again earlier (Retry-After, back-off); None when there is no wish.
    """

    source: str
    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    checked_at: datetime | None = None
    last_good_at: datetime | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class SourcePass:
    """One pass over one source. ``found = known + off_topic + stored + dropped``, or ValueError."""

    source: str
    state: State
    started_at: datetime
    ended_at: datetime
    found: int
    known: int
    off_topic: int
    stored: int
    dropped: Mapping[str, int]
    error: str | None = None


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """One source's health: its state, since when, when it last brought an article, the last error."""

    id: str
    state: State
    since: datetime | None
    last_new: datetime | None
    error: str | None


def load_feed_states(conn: Connection, source: str) -> dict[str, FeedState]:
    """The states of a source's ways in, by URL."""
    raise NotImplementedError


def record_pass(conn: Connection, source_pass: SourcePass, feed_states: Iterable[FeedState] = ()) -> None:
    """Record a finished pass together with the feed states it leaves.

    Called after the pass's articles are stored, so that an ETag is kept only with the items it brought.
    """
    raise NotImplementedError


def last_good_pass(conn: Connection, source: str) -> datetime | None:
    """When the last pass that read the source (ok, unchanged, empty, undated) began; None when none did."""
    raise NotImplementedError


def origin_of(conn: Connection, source: str, published_at: datetime | None, *, now: datetime) -> Origin:
    """Whether an article found now is live or backfill.

    Live: published in the last 7 days, or since the source's last good pass, or undated and found after
    the source's first good pass.
    """
    raise NotImplementedError


def source_health(conn: Connection, expects: Mapping[str, float | None], *, now: datetime) -> list[SourceHealth]:
    """The health of each source named in ``expects`` (its articles expected per week, None: no expectation).

    A source that answers but has brought nothing new for longer than its expectation allows is ``silent``.
    A source that never ran is ``empty`` since None.
    """
    raise NotImplementedError
