"""What is new in an announcement: entries not seen before, or edited since."""

import hashlib
from dataclasses import dataclass

from scrapy.http import Response

from crawlers.reading.announcements import Announcement
from crawlers.reading.identity import identity, registrable
from crawlers.reading.jobs import Job
from crawlers.reading.workers import ReadingStopped
from crawlers.spiders.passing import Passing, WayIn, WayState
from crawlers.spiders.run import CrawlRun
from crawlers.spiders.unreadable import keep_unreadable
from detection.relevance import names_topic
from ledger.articles import SeenAddress
from records.article import Entry


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry whose page is to be fetched: its key among the seen addresses, its hash, and the way it came by."""

    entry: Entry
    key: str
    entry_hash: str
    way_in: WayIn


@dataclass(frozen=True, slots=True)
class Gathered:
    """The pages to fetch, the entries that lead to none, and the sitemaps to ask next."""

    wanted: tuple[Wanted, ...] = ()
    without_page: tuple[Wanted, ...] = ()
    more: tuple[str, ...] = ()


async def gather(response: Response, passing: Passing, way_in: WayIn, run: CrawlRun) -> Gathered:
    """Read what a way announced, count all of it, and return what is to be fetched."""
    if response.body.strip():  # an answer without a body is a fault, and must not become "not modified"
        way_in.body_hash = hashlib.sha256(response.body).hexdigest()
        way_in.etag, way_in.last_modified = _header(response, "ETag"), _header(response, "Last-Modified")
    if way_in.body_hash is not None and way_in.body_hash == way_in.before.body_hash:
        way_in.state = "unchanged"
        return Gathered()
    try:
        announcement = await run.workers.announcement(_job(response, way_in, run), response.body)
    except ReadingStopped as stopped:
        way_in.state, way_in.note = "parse_error", stopped.reason
        keep_unreadable(response, stopped.reason, run)
        return Gathered()
    way_in.note = announcement.note
    way_in.state = announcement.problem or _state(announcement, way_in)
    passing.tally.found += len(announcement.entries) + sum(announcement.dropped.values())
    passing.tally.dropped.update(announcement.dropped)
    chosen = await _choose(announcement.entries, passing, way_in, run)
    wanted = tuple(one for one in chosen if one.entry.no_page is None)
    without_page = tuple(one for one in chosen if one.entry.no_page is not None)
    more = tuple(url for url in announcement.more if registrable(url) == registrable(response.url))
    return Gathered(wanted, without_page, more if way_in.url == way_in.way.url else ())


def entry_hash(entry: Entry) -> str:
    """Return what changes when a publisher edits an entry: a digest of its title, summary and dates."""
    said = (entry.title, entry.summary, entry.published_at, entry.updated_at)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def names_topic_itself(entry: Entry) -> bool:
    """Tell whether an entry names the topic in its title or summary."""
    return names_topic(f"{entry.title or ''}\n{entry.summary or ''}")


def _job(response: Response, way_in: WayIn, run: CrawlRun) -> Job:
    return Job(
        kind=way_in.way.kind,
        url=response.url,
        content_type=_header(response, "Content-Type"),
        now=run.clock.now(),
        limit=run.options.most_entries,
        links=way_in.way.links or "a",
    )


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1")[:500] if value else None


def _state(announcement: Announcement, way_in: WayIn) -> WayState:
    undated = way_in.way.kind != "listing" and announcement.entries
    return "undated" if undated and all(entry.published_at is None for entry in announcement.entries) else "ok"


async def _choose(entries: tuple[Entry, ...], passing: Passing, way_in: WayIn, run: CrawlRun) -> tuple[Wanted, ...]:
    """Count what is known and off topic, and return the rest, within the caps."""
    candidates = [Wanted(entry, identity(entry.url), entry_hash(entry), way_in) for entry in entries]
    seen = await run.memory.seen(passing.source.id, [one.key for one in candidates])
    wanted: list[Wanted] = []
    off_topic: list[tuple[str, str]] = []
    for one in candidates:
        if one.key in passing.announced or _is_known(one, seen):
            passing.tally.known += 1
        elif passing.source.fetch == "matching" and not names_topic_itself(one.entry):
            passing.tally.off_topic += 1
            off_topic.append((one.key, one.entry_hash))
        elif one.entry.no_page is not None:
            wanted.append(one)
        elif passing.pages >= run.options.most_pages_per_source or run.pages >= run.options.most_pages:
            passing.tally.dropped["page_cap"] += 1
            way_in.undone += 1
        else:
            wanted.append(one)
            passing.pages += 1
            run.pages += 1
        passing.announced.add(one.key)
    if off_topic:
        await run.memory.off_topic(passing.source.id, off_topic, run.clock.now())
    return tuple(wanted)


def _is_known(one: Wanted, seen: dict[str, SeenAddress]) -> bool:
    before = seen.get(one.key)
    return before is not None and before.entry_hash in {one.entry_hash, None}
