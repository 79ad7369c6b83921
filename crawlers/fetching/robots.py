"""robots.txt as RFC 9309 has it: unreadable means no fetch, absent means any, and the first 500 KiB count.

What a host answered is kept in the ledger for 24 hours, so that most passes do not ask.
"""

import asyncio
from typing import TYPE_CHECKING, Any

import structlog
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from crawlers.fetching.budget import Budget, OutOfTime
from crawlers.fetching.politeness import HostFails, HostWaits
from crawlers.fetching.robots_rules import MOST_BYTES, conditions, is_alive, is_settled, read_answer
from ledger.robots import RobotsFile

if TYPE_CHECKING:
    from crawlers.spiders.run import CrawlRun

log = structlog.get_logger()
LONGEST_DELAY = 30.0  # seconds; a Crawl-delay beyond that is taken for a typing error


class RobotsForbids(IgnoreRequest):
    """robots.txt forbids the address."""


class RobotsUnreadable(IgnoreRequest):
    """robots.txt cannot be read now, so nothing may be fetched now; ``cause`` says why, None when it answered badly."""

    def __init__(self, cause: Exception | None) -> None:
        super().__init__("robots.txt cannot be read")
        self.cause = cause


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware, with the answers it lacks and a memory; and it keeps the delay that a site asks for."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._rules: dict[str, asyncio.Task[RobotParser | None]] = {}
        crawler.signals.connect(self._stop_when_long, signal=signals.bytes_received)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of a request's origin, None when it has none; each is looked up once in a crawl.

        Raises RobotsUnreadable when nothing may be fetched there now, and the ledger's errors.
        """
        url = urlparse_cached(request)
        origin = f"{url.scheme}://{url.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._learn(origin, request))
        return await asyncio.shield(self._rules[origin])

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Let a request pass, or raise RobotsForbids."""
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            raise RobotsForbids(str(error)) from error

    async def _learn(self, origin: str, request: Request) -> RobotParser | None:
        file = await self._look_up(origin, request.meta.get("budget"))
        if not 200 <= file.status < 300:
            return None
        rules = build_from_crawler(self._parserimpl, self.crawler, file.body.encode())
        self._keep_delay(rules, request)
        return rules

    async def _look_up(self, origin: str, budget: Budget | None) -> RobotsFile:
        """Return the kept robots.txt of an origin, or ask for it; the kept one also bridges an outage, while alive."""
        spider: Any = self.crawler.spider
        run: CrawlRun = spider.run
        kept = await run.memory.robots(origin)
        if kept is not None and is_settled(kept, run.clock.now()):
            return kept
        file, cause = await self._ask(origin, kept, budget)
        if file is not None:
            await run.memory.keep_robots(file)
            return file
        if kept is None or not is_alive(kept, run.clock.now()):
            raise RobotsUnreadable(cause)
        log.info("robots.txt cannot be read; the kept copy holds", origin=origin)
        return kept

    async def _ask(
        self, origin: str, kept: RobotsFile | None, budget: Budget | None
    ) -> tuple[RobotsFile | None, Exception | None]:
        """Ask an origin for its robots.txt; return it, or None with what went wrong."""
        spider: Any = self.crawler.spider
        engine: Any = self.crawler.engine
        robots = Request(
            f"{origin}/robots.txt",
            headers=conditions(kept),
            priority=self.DOWNLOAD_PRIORITY,
            meta={"dont_obey_robotstxt": True, "budget": budget},
            callback=NO_CALLBACK,
        )
        now = spider.run.clock.now()
        try:
            return read_answer(origin, await engine.download_async(robots), kept, now), None
        except (HostWaits, HostFails, OutOfTime) as error:
            return None, error
        except IgnoreRequest:  # it only leads in circles: as good as absent
            return RobotsFile(origin, 310, "", now), None
        except Exception as error:  # noqa: BLE001 - whatever the network did, it is the reason why nothing is fetched
            return None, error

    def _keep_delay(self, rules: RobotParser, request: Request) -> None:
        asked = rules.crawl_delay(self._robotstxt_useragent or self._default_useragent)
        if not asked:
            return
        delay = min(float(asked), LONGEST_DELAY)
        engine: Any = self.crawler.engine
        host = urlparse_cached(request).hostname or ""
        slot = engine.downloader.slots.get(host)
        if slot is not None:
            slot.delay = max(slot.delay, delay)
        usual = self.crawler.settings.getfloat("DOWNLOAD_DELAY")
        # A slot that is made later, because nothing was asked yet or it lay idle, begins with this.
        engine.downloader.per_slot_settings[host] = {"delay": max(usual, delay)}

    def _stop_when_long(self, data: bytes, request: Request) -> None:
        if request.meta.get("dont_obey_robotstxt"):
            request.meta["robots_bytes"] = request.meta.get("robots_bytes", 0) + len(data)
            if request.meta["robots_bytes"] > MOST_BYTES:
                raise StopDownload(fail=False)
