"""robots.txt as RFC 9309 has it: unreadable means no fetch, absent means any, and the first 500 KiB count."""

from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawlers.fetching.politeness import HostFails, HostWaits

MOST_BYTES = 500 * 1024
LONGEST_DELAY = 30.0  # seconds; a Crawl-delay beyond that is taken for a typing error


class RobotsForbids(IgnoreRequest):
    """robots.txt forbids the address."""


class RobotsUnreadable(IgnoreRequest):
    """robots.txt cannot be read now, so nothing may be fetched now; ``cause`` says why, None when it answered badly."""

    def __init__(self, cause: Exception | None) -> None:
        super().__init__("robots.txt cannot be read")
        self.cause = cause


class _Unreadable:
    """Stands for rules that could not be read."""

    def __init__(self, cause: Exception | None = None) -> None:
        self.cause = cause


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware, with the answers it lacks; and it keeps the delay that a site asks for."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        crawler.signals.connect(self._stop_when_long, signal=signals.bytes_received)

    def process_request_2(self, rp: Any, request: Request) -> None:
        """Let a request pass, or raise RobotsForbids or RobotsUnreadable."""
        if isinstance(rp, _Unreadable):
            raise RobotsUnreadable(rp.cause)
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            raise RobotsForbids(str(error)) from error

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == 429:
            self._settle(netloc, _Unreadable())
        elif response.status >= 300:
            self._settle(netloc, None)
        else:
            await super()._parse_robots(response.replace(body=response.body[:MOST_BYTES]), netloc, request)
            self._keep_delay(netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        endless = isinstance(exc, IgnoreRequest) and not isinstance(exc, HostWaits | HostFails)
        self._settle(netloc, None if endless else _Unreadable(exc))

    def _settle(self, netloc: str, rules: Any) -> None:
        waiting: Any = self._parsers[netloc]
        self._parsers[netloc] = rules
        waiting.callback(rules)

    def _keep_delay(self, netloc: str, request: Request) -> None:
        rules: Any = self._parsers[netloc]
        asked = rules.crawl_delay(self._robotstxt_useragent or self._default_useragent)
        if asked:
            engine: Any = self.crawler.engine
            slots = engine.downloader.slots
            slot = slots.get(urlparse_cached(request).hostname or "")
            if slot is not None:
                slot.delay = max(slot.delay, min(float(asked), LONGEST_DELAY))

    def _stop_when_long(self, data: bytes, request: Request) -> None:
        if request.meta.get("dont_obey_robotstxt"):
            request.meta["robots_bytes"] = request.meta.get("robots_bytes", 0) + len(data)
            if request.meta["robots_bytes"] > MOST_BYTES:
                raise StopDownload(fail=False)
