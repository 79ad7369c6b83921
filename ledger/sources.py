"""Sources as the ledger knows them: what their feeds last answered, and their passes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, select

from ledger.outbox import enter_index
from ledger.paging import pages_by_number
from ledger.tables import feed_states as states_table
from ledger.tables import passes
from ledger.upserting import upsert
from records.article import Origin

State = Literal["ok", "unchanged", "empty", "undated", "blocked", "parse_error", "unreachable", "silent", "gone"]

FailureClass = Literal["soft", "hard", "gone"]
"""soft: may pass by itself (time-outs, 5xx); hard: somebody has to act (DNS, parse errors, blocked); gone: 404, 410."""

READ = ("ok", "unchanged", "empty", "undated", "silent")
"""The states of a pass that read its source, whatever it found there."""
RECENT = timedelta(days=7)
"""An article published within this time of a pass is live."""

_PATIENCE = 3
"""A source is silent when it has brought nothing for this many times its usual gap between articles."""
_SHORTEST_SILENCE = timedelta(days=2)
"""Even a busy source may be quiet over a weekend."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What one way into a source (feed, sitemap, listing) last answered. Instants are in UTC.

    ``not_before``: the host asked not to be asked earlier (Retry-After); None when it did not. ``failures`` counts
    passes in a row in which the way failed, ``failure`` is the class of the last, and ``retry_at`` the moment of the
    next attempt; a success clears all three.
    """

    source: str
    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    checked_at: datetime | None = None
    last_good_at: datetime | None = None
    not_before: datetime | None = None
    failure: FailureClass | None = None
    failures: int = 0
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SourcePass:
    """One pass over one source. ``found = known + off_topic + stored + dropped``, or ValueError.

    ``network_seconds`` is the time its requests took, added up; None when nobody counted.
    """

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
    network_seconds: float | None = None

    def __post_init__(self) -> None:
        counted = self.known + self.off_topic + self.stored + sum(self.dropped.values())
        if counted != self.found:
            raise ValueError(f"{self.source}: {self.found} items found, but {counted} accounted for")


@dataclass(frozen=True, slots=True)
class KeptPass:
    """A recorded pass under its number; numbers grow."""

    number: int
    source_pass: SourcePass


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
    rows = conn.execute(select(states_table).where(states_table.c.source == source)).mappings()
    return {row["url"]: FeedState(**row) for row in rows}


def record_pass(conn: Connection, source_pass: SourcePass, feed_states: Iterable[FeedState] = ()) -> None:
    """Record a finished pass together with the feed states it leaves; it is due to the index.

    Called after the pass's articles are stored, so that an ETag is kept only with the items it brought.
    """
    row = {name: getattr(source_pass, name) for name in source_pass.__dataclass_fields__}
    kept = passes.insert().returning(passes.c.number)
    number = conn.execute(kept, [row | {"dropped": dict(source_pass.dropped)}]).scalar_one()
    enter_index(conn, f"pass:{number}", now=source_pass.ended_at)
    for state in feed_states:
        upsert(conn, states_table, asdict(state), keys=("source", "url"))


def kept_pass(conn: Connection, number: int) -> KeptPass | None:
    """One recorded pass; None when there is none of this number."""
    row = conn.execute(select(passes).where(passes.c.number == number)).one_or_none()
    return None if row is None else _kept(row)


def iter_passes(conn: Connection, *, page: int = 500) -> Iterator[KeptPass]:
    """Every recorded pass, oldest first, read page by page."""
    for rows in pages_by_number(conn, select(passes), passes.c.number, page):
        yield from map(_kept, rows)


def _kept(row: Row[Any]) -> KeptPass:
    kept = dict(row._mapping)
    return KeptPass(kept.pop("number"), SourcePass(**kept))


def last_good_pass(conn: Connection, source: str) -> datetime | None:
    """When the last pass that read the source (ok, unchanged, empty, undated) began; None when none did."""
    good = (passes.c.source == source) & passes.c.state.in_(READ)
    # From the newest backwards: asked for each article, while a source has tens of thousands of passes a year.
    return conn.execute(select(passes.c.started_at).where(good).order_by(passes.c.number.desc()).limit(1)).scalar()


def origin_of(conn: Connection, source: str, published_at: datetime | None, *, now: datetime) -> Origin:
    """Whether an article found now is live or backfill.

    Live: published in the last 7 days, or since the source's last good pass, or undated and found after
    the source's first good pass.
    """
    since = last_good_pass(conn, source)
    if published_at is None:
        return "backfill" if since is None else "live"
    recent = now - RECENT
    return "live" if published_at >= (recent if since is None else min(recent, since)) else "backfill"


def source_health(conn: Connection, expects: Mapping[str, float | None], *, now: datetime) -> list[SourceHealth]:
    """The health of each source named in ``expects`` (its articles expected per week, None: no expectation).

    A source that answers but has brought nothing new for three times its usual gap (two days at least) is
    ``silent``. A source that was never passed is ``empty`` since None.
    """
    return [_health(conn, source, per_week, now) for source, per_week in expects.items()]


def _health(conn: Connection, source: str, per_week: float | None, now: datetime) -> SourceHealth:
    last_new = _last_new(conn, source)
    newest = select(passes).where(passes.c.source == source).order_by(passes.c.number.desc()).limit(1)
    ran = conn.execute(newest).one_or_none()
    if ran is None:
        return SourceHealth(source, "empty", None, last_new, None)
    silent_at = _silent_at(conn, source, per_week, last_new)
    if ran.state in READ and silent_at is not None and now >= silent_at:
        return SourceHealth(source, "silent", silent_at, last_new, ran.error)
    return SourceHealth(source, ran.state, _since(conn, ran), last_new, ran.error)


def _last_new(conn: Connection, source: str) -> datetime | None:
    brought = (passes.c.source == source) & (passes.c.stored + passes.c.off_topic > 0)
    return conn.execute(select(func.max(passes.c.started_at, type_=passes.c.started_at.type)).where(brought)).scalar()


def _since(conn: Connection, ran: Row[Any]) -> datetime | None:
    """When the run of passes in the present state began."""
    other = (passes.c.source == ran.source) & (passes.c.state != ran.state)
    last_other = conn.execute(select(func.max(passes.c.number)).where(other)).scalar() or 0
    begun = (passes.c.source == ran.source) & (passes.c.number > last_other)
    return conn.execute(select(func.min(passes.c.started_at, type_=passes.c.started_at.type)).where(begun)).scalar()


def _silent_at(conn: Connection, source: str, per_week: float | None, last_new: datetime | None) -> datetime | None:
    if not per_week:
        return None
    first = func.min(passes.c.started_at, type_=passes.c.started_at.type)
    heard = last_new or conn.execute(select(first).where(passes.c.source == source)).scalar_one()
    return heard + max(_SHORTEST_SILENCE, _PATIENCE * timedelta(days=7) / per_week)
