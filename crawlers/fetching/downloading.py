"""Downloads that can be ended: a pass that is told to stop may not wait for a slow server."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError
from scrapy.http import Response
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

from crawlers.fetching.budget import Budget
from crawlers.fetching.clocks import skew
from crawlers.fetching.headers import BoundedFactory, raise_if_too_large
from crawlers.fetching.politeness import Hosts, host_of


@implementer(IPolicyForHTTPS)
class CertificatePolicy:
    """Verifies every certificate but those of ``unverified``: hosts that a source file makes an exception of."""

    def __init__(self, verifying: Any, unverified: frozenset[str]) -> None:
        self._verifying = verifying
        self._trusting = type(verifying)(verify_certificates=False)
        self._unverified = unverified

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802 - Twisted's interface
        """Return what sets up a connection to a host."""
        excepted = hostname.decode("ascii").lower() in self._unverified
        return (self._trusting if excepted else self._verifying).creatorForNetloc(hostname, port)


class StoppableHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, which after ``stop`` ends what is under way and begins nothing."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = BoundedFactory  # as Scrapy puts its own in place
        self._under_way: set[asyncio.Task[Response]] = set()
        self._stopped = False
        self._timeout = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        spider: Any = crawler.spider
        self._contextFactory = CertificatePolicy(self._contextFactory, spider.run.options.unverified_hosts)  # type: ignore[assignment]
        self._on_skew = spider.run.options.on_skew
        self._hosts: Hosts = spider.run.hosts
        spider.run.on_stop.append(self.stop)

    async def download_request(self, request: Request) -> Response:
        """Download ``request``.

        Raises DownloadCancelledError once stopped; HostWaits, HostFails, OutOfTime, HeadersTooLarge.
        """
        if self._stopped:
            raise DownloadCancelledError("stopped")
        self._hosts.check(host_of(request))  # what it asked for while this request waited its turn
        budget: Budget | None = request.meta.get("budget")
        if budget is not None:
            request.meta["download_timeout"] = budget.bound(self._timeout)
        of_robots = request.meta.get("dont_obey_robotstxt")
        if of_robots:
            request.meta["download_maxsize"] = 0  # it is cut at its own limit, however long it says it is
        task = asyncio.ensure_future(super().download_request(request))
        self._under_way.add(task)
        began = time.monotonic()
        try:
            response = await task
        except asyncio.CancelledError:
            raise DownloadCancelledError("stopped") from None
        except DownloadFailedError as error:
            raise_if_too_large(error)
            raise
        finally:
            self._under_way.discard(task)
            if budget is not None:
                budget.spend(time.monotonic() - began)
            if of_robots:
                request.meta.pop("download_maxsize", None)
        if self._on_skew is not None and (ahead := skew(response.headers, datetime.now(UTC))) is not None:
            self._on_skew(ahead)
        return response

    def stop(self) -> None:
        """End every download; those that follow fail at once."""
        self._stopped = True
        self._disconnect_timeout = 0  # connections are not waited for
        for task in tuple(self._under_way):
            task.cancel()
