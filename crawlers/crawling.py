"""A crawl: every source that is due, through one engine, into the ledger. Once per process."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import structlog

from crawlers.fetching.budget import Budget
from crawlers.fetching.clock import Clock
from crawlers.fetching.options import CrawlOptions
from crawlers.fetching.politeness import Hosts
from crawlers.source import Source, Way
from crawlers.spiders.closing import HOST, finish_stopped, finish_unheard
from crawlers.spiders.outage import OUTAGE, met_outage
from crawlers.spiders.passing import Passing
from crawlers.spiders.run import CrawlRun
from ledger.leases import lease, release, this_owner
from ledger.opening import Ledger
from ledger.sources import FeedState, SourcePass, load_feed_states

__all__ = ["CrawlOptions", "crawl", "met_outage"]
log = structlog.get_logger()
_LEASE_SECONDS = 3600.0
_EARLY = timedelta(minutes=1)


def crawl(
    sources: Sequence[Source],
    ledger: Ledger,
    *,
    options: CrawlOptions,
    on_progress: Callable[[str], None] = lambda _: None,
) -> list[SourcePass]:
    """Pass over the sources that are due, and return what became of each, in the order they ended.

    ``on_progress`` is called with a short sentence whenever a source has ended.

    A source that another process is passing over, that is not due, or whose every host asked to wait, is left
    out. When no host answers at all, the passes say so (``met_outage``) and none is recorded. Raises the error that
    made the crawl itself impossible, such as LedgerUnreachable. Runs Scrapy's engine in this process, which can be
    done once.
    """
    clock = Clock(options.as_of)
    hosts = Hosts(clock)
    with _taken(sources, ledger, options, clock.now(), hosts) as passings:
        if not passings:
            return []
        return _run(passings, ledger, options, hosts, clock, on_progress)


def _run(
    passings: list[Passing],
    ledger: Ledger,
    options: CrawlOptions,
    hosts: Hosts,
    clock: Clock,
    on_progress: Callable[[str], None],
) -> list[SourcePass]:
    from crawlers.fetching.engine import run_engine
    from crawlers.reading.workers import Workers
    from crawlers.spiders.remembering import Memory

    options = replace(options, unverified_hosts=options.unverified_hosts | _unverified_hosts(passings))
    memory, workers = Memory(ledger), Workers(options.workers, options.worker_limits)
    run = CrawlRun(options, passings, memory, workers, hosts, clock, lambda ended: on_progress(_sentence(ended)))
    try:
        run_engine(run)
    finally:
        workers.close()
        memory.close()
    if run.failure is not None:
        raise run.failure
    finish_unheard(run, ledger)
    if met_outage(run.finished):
        log.warning("Our own network seems to be down", sources=len(run.finished))
        on_progress(OUTAGE)
    for passing in passings:
        if not passing.finished:
            finish_stopped(passing, run)
    return run.finished


@contextmanager
def _taken(
    sources: Sequence[Source], ledger: Ledger, options: CrawlOptions, now: datetime, hosts: Hosts
) -> Iterator[list[Passing]]:
    """Hold the leases of the sources that are due and free, for as long as the crawl lasts."""
    owner = this_owner()
    passings: list[Passing] = []
    try:
        with ledger.begin() as conn:
            for source in sources:
                states = load_feed_states(conn, source.id)
                due = _due_ways(source, states, now, options.even_if_not_due)
                if not due:
                    continue
                if not lease(conn, f"source:{source.id}", owner=owner, now=now, seconds=_LEASE_SECONDS):
                    log.info("Another pass has this source", source=source.id)
                    continue
                _carry_waits(states, hosts)
                in_all = Budget(options.source_seconds)
                passings.append(Passing(source, now, states, due, in_all, Budget(options.ways_seconds, in_all)))
        yield passings
    finally:
        with ledger.begin() as conn:
            for passing in passings:
                release(conn, f"source:{passing.source.id}", owner=owner)


def _due_ways(source: Source, states: dict[str, FeedState], now: datetime, even_if_not: bool) -> tuple[Way, ...]:
    """Return the ways of a source to be asked now, none when none is due; a way that failed lately rests.

    The one that was not asked for longest comes first: what hangs before it may have left it no time.
    """
    known = [states.get(way.url) for way in source.find]
    if all(state and state.not_before and state.not_before > now for state in known):
        log.info("A source asked to wait", source=source.id)
        return ()
    asked = {way.url: states[way.url].checked_at if way.url in states else None for way in source.find}
    longest_first = sorted(source.find, key=lambda way: asked[way.url] or datetime.min.replace(tzinfo=UTC))
    if even_if_not:
        return tuple(longest_first)
    # A schedule that fires every 15 minutes fires some seconds early now and then.
    pause = source.every - min(source.every / 10, _EARLY)
    awake = tuple(way for way in longest_first if not _rests(states.get(way.url), now))
    return awake if any((at := asked[way.url]) is None or at + pause <= now for way in awake) else ()


def _unverified_hosts(passings: Sequence[Passing]) -> frozenset[str]:
    """Return the hosts of the sources that are an exception, and say so in the log."""
    excepted = [passing.source for passing in passings if passing.source.unverified_tls]
    for source in excepted:
        log.warning("Certificates of a source are not verified", source=source.id, reason=source.unverified_tls)
    return frozenset().union(*(source.hosts for source in excepted))


def _rests(state: FeedState | None, now: datetime) -> bool:
    return state is not None and state.retry_at is not None and state.retry_at > now + _EARLY


def _carry_waits(states: dict[str, FeedState], hosts: Hosts) -> None:
    for url, state in states.items():
        if state.not_before:
            host = url.removeprefix(HOST) if url.startswith(HOST) else urlsplit(url).hostname or ""
            hosts.wait(host, state.not_before)


def _sentence(ended: SourcePass) -> str:
    dropped = f", {sum(ended.dropped.values())} dropped" if ended.dropped else ""
    counts = f"{ended.found} found, {ended.stored} stored, {ended.off_topic} off topic{dropped}"
    return f"{ended.source}: {ended.state}; {counts}"
