"""The end of one source's pass: what it leaves for the next."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import structlog

from crawlers.spiders.back_off import class_of, failed, recovered
from crawlers.spiders.outage import OUTAGE, is_outage, may_be_outage
from crawlers.spiders.passing import READ, Passing, WayIn
from crawlers.spiders.run import CrawlRun
from ledger.opening import Ledger
from ledger.sources import FeedState, record_pass

log = structlog.get_logger()
HOST = "host:"
"""Begins the address under which a feed state keeps how long a host asked us to wait."""


async def finish(passing: Passing, run: CrawlRun) -> None:
    """Record a pass whose every request has ended, with what its ways left, and report it.

    While nothing at all was heard from the network, that waits for the end of the crawl.
    """
    passing.finished = True
    passing.settle_open("lost")
    source_pass = passing.as_source_pass(run.clock.now())
    feed_states = list(_feed_states(passing, run))
    if may_be_outage(run):
        run.unheard.append((source_pass, feed_states))
        return
    await run.memory.record(source_pass, feed_states)
    run.finished.append(source_pass)
    run.on_finished(source_pass)


def finish_unheard(run: CrawlRun, ledger: Ledger) -> None:
    """Record and report the passes that waited, unless it was our own outage: then none is recorded, nor blamed."""
    outage = is_outage(run) and all(passing.finished for passing in run.passings)
    if outage:
        run.finished.extend(replace(source_pass, error=OUTAGE) for source_pass, _ in run.unheard)
        return
    for source_pass, feed_states in run.unheard:
        with ledger.begin() as conn:
            record_pass(conn, source_pass, feed_states)
        run.finished.append(source_pass)
        run.on_finished(source_pass)


def finish_stopped(passing: Passing, run: CrawlRun) -> None:
    """Report a pass that was stopped. Nothing of it is recorded: the next pass takes up what is missing."""
    passing.finished = True
    passing.settle_open("stopped")
    for way in passing.ways:
        way.note = way.note or "the pass was stopped"
    source_pass = passing.as_source_pass(run.clock.now())
    run.finished.append(source_pass)
    run.on_finished(source_pass)


def _feed_states(passing: Passing, run: CrawlRun) -> Iterator[FeedState]:
    now = run.clock.now()
    for way in passing.ways:
        left_out = way.reason == "no_time" and not way.asked
        asked_at = way.before.checked_at if left_out else now
        state = replace(way.before, checked_at=asked_at, not_before=run.hosts.not_before(way.host))
        if way.state in READ:
            state = _kept(way, replace(recovered(state), last_good_at=now))
        elif way.asked:
            state = failed(state, class_of(way.state, way.reason), now)
        yield state
    for host in {urlsplit(url).hostname or "" for url in passing.announced} - {way.host for way in passing.ways}:
        until = run.hosts.not_before(host)
        if until:
            yield FeedState(passing.source.id, f"{HOST}{host}", checked_at=now, not_before=until)


def _kept(way: WayIn, state: FeedState) -> FeedState:
    """Return the state with what makes the next request conditional: nothing, while entries are still to be had."""
    if way.undone:
        return replace(state, etag=None, last_modified=None, body_hash=None)
    return replace(state, etag=way.etag, last_modified=way.last_modified, body_hash=way.body_hash)
