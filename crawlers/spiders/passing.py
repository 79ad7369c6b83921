"""One source's pass while it is under way: its ways in, what they answered, and what is still open."""

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from scrapy import Request

from crawlers.fetching.budget import Budget
from crawlers.source import Source, Way
from crawlers.spiders.tally import Tally
from ledger.sources import FeedState, SourcePass, State

WayState = Literal["ok", "unchanged", "empty", "undated", "blocked", "parse_error", "unreachable", "gone"]
_BEST_FIRST: tuple[WayState, ...] = (
    "ok", "undated", "unchanged", "empty", "blocked", "gone", "parse_error", "unreachable",
)  # fmt: skip
_STATES: dict[str, WayState] = {
    "gone": "gone",
    "blocked": "blocked",
    "robots": "blocked",
    "too_large": "parse_error",
    "headers_too_large": "parse_error",
}
"""The state of a way that failed, by the word for it; any other word is ``unreachable``."""
READ: frozenset[WayState] = frozenset({"ok", "undated", "unchanged", "empty"})


@dataclass(slots=True, eq=False)
class WayIn:
    """One address a source is found by, and what it answered. ``undone`` counts its entries to be asked for again.

    ``reason`` is the word for what went wrong, None when something was read; ``asked`` is False when its host waits,
    or when other ways took the time of all.
    """

    way: Way
    url: str
    before: FeedState
    state: WayState | None = None
    reason: str | None = None
    note: str | None = None
    asked: bool = True
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    undone: int = 0

    def fail(self, reason: str, note: str) -> None:
        """Note that nothing was read, the word for it, and a sentence."""
        self.state, self.reason, self.note = _STATES.get(reason, "unreachable"), reason, note

    @property
    def host(self) -> str:
        """The host that is asked."""
        return urlsplit(self.url).hostname or ""


@dataclass(slots=True, eq=False)
class Passing:
    """The pass of one source. ``due`` are its ways that are to be asked now.

    It has one request under way at a time (``asking``), so that a source that is slow, or names many hosts that are,
    holds one of the crawl's places and keeps to its ``budget``; ``to_ask`` are those that follow.
    """

    source: Source
    started_at: datetime
    feed_states: dict[str, FeedState]
    due: tuple[Way, ...]
    budget: Budget
    ways_budget: Budget
    tally: Tally = field(default_factory=Tally)
    ways: list[WayIn] = field(default_factory=list)
    announced: set[str] = field(default_factory=set)
    pages: int = 0
    pending: int = 0
    to_ask: deque[Request] = field(default_factory=deque)
    asking: bool = False
    finished: bool = False

    def way_in(self, way: Way, url: str) -> WayIn:
        """Return the record of a way that is about to be asked."""
        before = self.feed_states.get(url) or FeedState(self.source.id, url)
        way_in = WayIn(way, url, before)
        self.ways.append(way_in)
        return way_in

    def settle_open(self, reason: str) -> None:
        """Count every item that is still open as dropped for ``reason``."""
        if self.tally.open:
            self.tally.dropped[reason] += self.tally.open

    def as_source_pass(self, ended_at: datetime) -> SourcePass:
        """Return the finished pass. Every item must be settled."""
        states = {way.state or "unreachable" for way in self.ways}
        state: State = next((state for state in _BEST_FIRST if state in states), "unreachable")
        notes = [f"{way.url}: {way.note}" for way in self.ways if way.note]
        tally = self.tally
        return SourcePass(
            source=self.source.id,
            state=state,
            started_at=self.started_at,
            ended_at=ended_at,
            found=tally.found,
            known=tally.known,
            off_topic=tally.off_topic,
            stored=tally.stored,
            dropped=dict(Counter(tally.dropped)),
            error="; ".join(notes) or None,
            network_seconds=round(self.budget.spent, 3),
        )
