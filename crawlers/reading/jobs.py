"""The jobs a reading worker does, and how they travel: JSON both ways, because no pickle may come from a parser."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter

from crawlers.reading.announcements import Announcement
from crawlers.reading.page_reading import PageReading

JobKind = Literal["feed", "news_sitemap", "listing", "page"]


@dataclass(frozen=True, slots=True)
class Job:
    """What to read the bytes as. ``links`` is the selector of a listing; ``limit`` the most entries kept."""

    kind: JobKind
    url: str
    content_type: str | None
    now: datetime
    limit: int = 1000
    links: str = "a"


def do_job(job: Job, body: bytes) -> bytes:
    """Return the reading of ``body``, as JSON."""
    return _JOBS[job.kind](job, body)


def _announcement(announcement: Announcement) -> bytes:
    return TypeAdapter(Announcement).dump_json(announcement)


def _feed(job: Job, body: bytes) -> bytes:
    from crawlers.reading.feeds import read_feed

    return _announcement(read_feed(body, job.url, job.content_type, now=job.now, limit=job.limit))


def _news_sitemap(job: Job, body: bytes) -> bytes:
    from crawlers.reading.sitemaps import read_news_sitemap

    return _announcement(read_news_sitemap(body, job.url, job.content_type, now=job.now, limit=job.limit))


def _listing(job: Job, body: bytes) -> bytes:
    from crawlers.reading.listings import read_listing

    return _announcement(read_listing(body, job.url, job.content_type, job.links, now=job.now, limit=job.limit))


def _page(job: Job, body: bytes) -> bytes:
    from crawlers.reading.pages import read_page

    return TypeAdapter(PageReading).dump_json(read_page(body, job.content_type, now=job.now))


_JOBS: dict[JobKind, Callable[[Job, bytes], bytes]] = {
    "feed": _feed,
    "news_sitemap": _news_sitemap,
    "listing": _listing,
    "page": _page,
}
"""The heavy libraries are imported where they are used: the parent only names jobs, and stays small."""
