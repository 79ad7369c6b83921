"""The newsroom itself: sites that are served, and a play that moves from tick to tick."""

import hashlib
import threading
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.newsroom.addresses import article_path, site_root
from tests.newsroom.editions import Edition, publish_tick
from tests.newsroom.exchanges import Reply, Request, RequestLog
from tests.newsroom.faults import Fault, load_fault
from tests.newsroom.plays import Play, Tick
from tests.newsroom.rendering import render_article, render_feed
from tests.newsroom.serving import SiteServer, close_servers, open_servers
from tests.newsroom.sites import Feed, Site, load_sites
from tests.newsroom.sources import write_sources

NOT_FOUND = Reply(404, (("Content-Type", "text/plain; charset=utf-8"),), b"There is no such page.\n")
HOME = Feed(kind="listing", path="/")
ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /account/\n"


class Newsroom(AbstractContextManager["Newsroom"]):
    """A small web on 127.0.0.2 and its neighbours, from ``open`` (or ``with``) until ``close``.

    It stands at the first tick of the play when opened. ``logs`` holds a RequestLog for each site.
    """

    def __init__(
        self, play: Play, *, sites: Collection[str] | None = None, port: int = 0, log_file: Path | None = None
    ) -> None:
        self.sites: Mapping[str, Site] = {
            name: site for name, site in load_sites().items() if sites is None or name in sites
        }
        self.logs = {name: RequestLog(name, log_file) for name in self.sites}
        self.port = port
        self._play = play
        self._position = -1
        self._editions: dict[str, Edition] = {}
        self._faults: dict[str, Fault] = {}
        self._pages: dict[tuple[str, str], Reply] = {}
        self._servers: dict[str, SiteServer] = {}
        self._lock = threading.Lock()
        self.advance()

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        """Start to serve; ``port`` is then the port in use."""
        addresses = {name: site.address for name, site in self.sites.items()}
        self._servers = open_servers(addresses, self.port, self._answer, self.logs)
        self.port = next(iter(self._servers.values())).server_address[1]

    def close(self) -> None:
        """Stop serving and free the port."""
        close_servers(self._servers)
        self._servers = {}

    @property
    def tick(self) -> Tick:
        """The tick at which the newsroom stands."""
        return self._play.ticks[self._position]

    @property
    def finished(self) -> bool:
        """Whether this is the last tick."""
        return self._position == len(self._play.ticks) - 1

    @property
    def as_of(self) -> str:
        """The instant of the tick, as the setting AS_OF takes it."""
        return self.tick.at.astimezone(UTC).isoformat()

    def advance(self, name: str | None = None) -> Tick:
        """Play the next tick, or all up to the one named; return the tick reached."""
        while True:
            with self._lock:
                self._position += 1
                tick = self._play.ticks[self._position]
                after = publish_tick(self._editions, tick)
                self._editions = after
                self._pages = {}
            if name in (None, tick.name):
                return tick

    def put(self, edition: Edition) -> str:
        """Put an article of a test's own making on its site, now; return its URL."""
        with self._lock:
            self._editions[f"{edition.site}/{edition.slug}"] = edition
            self._pages = {}
        return self.url(f"{edition.site}/{edition.slug}")

    def url(self, article: str) -> str:
        """Return the URL of ``site/slug``."""
        edition = self._editions[article]
        site = self.sites[edition.site]
        return site_root(site, self.port) + article_path(site, edition)

    def editions(self, site: str) -> tuple[Edition, ...]:
        """Return what stands on a site now, the newest first."""
        standing = [edition for edition in self._editions.values() if edition.site == site]
        return tuple(sorted(standing, key=lambda edition: (edition.published, edition.number), reverse=True))

    def break_site(self, site: str, fault: str) -> None:
        """Put a fault of the fault street in force for a site."""
        self._faults[self.sites[site].id] = load_fault(fault)

    def mend_site(self, site: str) -> None:
        """End the fault of a site."""
        del self._faults[site]

    def clear_logs(self) -> None:
        """Forget all requests so far."""
        for log in self.logs.values():
            log.clear()

    def write_sources(self, folder: Path, only: Collection[str] | None = None) -> Path:
        """Write a source file for each site into ``folder``, in the form of the contract; return the folder."""
        chosen = [site for name, site in self.sites.items() if only is None or name in only]
        return write_sources(chosen, self.port, folder)

    def _answer(self, request: Request) -> Reply | None:
        reply = _answer_condition(request, self._find_page(request.site, request.path.partition("?")[0]))
        fault = self._faults.get(request.site)
        return fault(request, reply) if fault else reply

    def _find_page(self, name: str, path: str) -> Reply:
        with self._lock:
            if (name, path) not in self._pages:
                self._pages[name, path] = self._make_page(self.sites[name], path)
            return self._pages[name, path]

    def _make_page(self, site: Site, path: str) -> Reply:
        editions = self.editions(site.id)
        changed = max((edition.changed for edition in editions), default=self._play.ticks[0].at)
        if path == "/robots.txt":
            return _page(ROBOTS.encode(), "text/plain; charset=utf-8", self._play.ticks[0].at)
        for feed in (*site.feeds, HOME):
            if feed.path == path:
                return _page(*render_feed(site, feed, editions, self.port, changed), changed)
        for edition in editions:
            if article_path(site, edition) == path:
                page = render_article(site, edition, self.port)
                return _page(page, f"text/html; charset={site.charset}", edition.changed)
        return NOT_FOUND


def _page(body: bytes, content_type: str, changed: datetime) -> Reply:
    etag = hashlib.sha256(body).hexdigest()[:20]
    headers = (
        ("Content-Type", content_type),
        ("ETag", f'"{etag}"'),
        ("Last-Modified", format_datetime(changed.astimezone(UTC), usegmt=True)),
    )
    return Reply(200, headers, body)


def _answer_condition(request: Request, reply: Reply) -> Reply:
    """Return 304 for a page that the visitor has; the ETag decides where both conditions are sent (RFC 9110, 13.2)."""
    if reply.status != 200:
        return reply
    headers = dict(reply.headers)
    if request.if_none_match is not None:
        known = {tag.strip().removeprefix("W/") for tag in request.if_none_match.split(",")}
        unchanged = headers["ETag"] in known or "*" in known
    elif request.if_modified_since is not None:
        unchanged = parsedate_to_datetime(headers["Last-Modified"]) <= parsedate_to_datetime(request.if_modified_since)
    else:
        unchanged = False
    return Reply(304, tuple(pair for pair in reply.headers if pair[0] != "Content-Type"), b"") if unchanged else reply
