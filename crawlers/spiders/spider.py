"""The one spider: asks every way into every source, then the pages of what is new there."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Any

import structlog
from scrapy import Request, Spider
from scrapy.http import Response
from sqlalchemy.exc import SQLAlchemyError
from twisted.python.failure import Failure

from crawlers.fetching.politeness import host_of
from crawlers.source import Way
from crawlers.spiders.closing import finish
from crawlers.spiders.failures import reason_of, reason_of_status
from crawlers.spiders.gathering import Wanted, gather
from crawlers.spiders.passing import Passing, WayIn
from crawlers.spiders.run import CrawlRun
from crawlers.spiders.settling import settle_failure, settle_page
from records.errors import ConventionWatchError

log = structlog.get_logger()
_WAY_PRIORITY = 100  # ways in before pages, so that every source is heard early


class SourceSpider(Spider):
    """Turns sources into stored articles. A source ends when its last request has been answered or has failed."""

    name = "sources"

    def __init__(self, run: CrawlRun, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.run = run

    async def start(self) -> AsyncIterator[Request]:
        """Yield the first request of every source; each answer is followed by the next."""
        for passing in self.run.passings:
            self._queue(passing, [self._ask_way(passing, passing.way_in(way, way.url)) for way in passing.due])
        for passing in self.run.passings:
            for request in self._next(passing):
                yield request

    def _queue(self, passing: Passing, requests: Sequence[Request]) -> None:
        passing.pending += len(requests)
        passing.to_ask.extend(requests)

    def _next(self, passing: Passing, *, answered: bool = False) -> Iterator[Request]:
        """Yield the request that is a source's turn, if none is under way."""
        passing.asking = passing.asking and not answered
        if passing.to_ask and not (passing.asking or self.run.stopping or self.run.failure):
            passing.asking = True
            yield passing.to_ask.popleft()

    def _ask_way(self, passing: Passing, way_in: WayIn) -> Request:
        conditions = {"If-None-Match": way_in.before.etag, "If-Modified-Since": way_in.before.last_modified}
        return Request(
            way_in.url,
            headers={name: value for name, value in conditions.items() if value},
            callback=self.hear_way,
            errback=self.miss_way,
            cb_kwargs={"passing": passing, "way_in": way_in},
            meta={"budget": passing.ways_budget},
            priority=_WAY_PRIORITY,
            dont_filter=True,
        )

    def _ask_page(self, passing: Passing, wanted: Wanted) -> Request:
        return Request(
            wanted.entry.url,
            callback=self.hear_page,
            errback=self.miss_page,
            cb_kwargs={"passing": passing, "wanted": wanted},
            meta={"budget": passing.budget},
            dont_filter=True,
        )

    async def hear_way(self, response: Response, passing: Passing, way_in: WayIn) -> AsyncIterator[Request]:
        """Take in what a way announces, and ask for the pages that are new."""
        for request in self._next(passing, answered=True):  # before this one is read, which takes its time
            yield request
        try:
            self._queue(passing, await self._read_way(response, passing, way_in))
        except Exception as error:  # noqa: BLE001 - handed to the crawl, which raises it
            self._fail(error)
        await self._end(passing)
        for request in self._next(passing):
            yield request

    async def _read_way(self, response: Response, passing: Passing, way_in: WayIn) -> list[Request]:
        if response.status == 304:
            way_in.state = "unchanged"
            way_in.etag, way_in.last_modified = way_in.before.etag, way_in.before.last_modified
            way_in.body_hash = way_in.before.body_hash
            return []
        refused = reason_of_status(response.status)
        if refused:
            way_in.fail(*refused)
            return []
        gathered = await gather(response, passing, way_in, self.run)
        for one in gathered.without_page:
            await settle_failure(one.entry.no_page or "no_link", passing, one, self.run)
        children = [
            self._ask_way(passing, passing.way_in(Way(news_sitemap=url), url))
            for url in gathered.more
            if url not in {way.url for way in passing.ways}
        ]
        return [*children, *(self._ask_page(passing, wanted) for wanted in gathered.wanted)]

    async def miss_way(self, failure: Failure) -> AsyncIterator[Request]:
        """Note why a way could not be asked."""
        request: Any = failure.request  # type: ignore[attr-defined]
        passing, way_in = request.cb_kwargs["passing"], request.cb_kwargs["way_in"]
        self._fail_of(failure)
        reason, note = reason_of(failure.value, host_of(request))
        way_in.fail(reason, note)
        begun = not {"redirect_times", "retry_times"}.isdisjoint(request.meta)
        way_in.asked = reason not in {"waiting", "stopped"} and (begun or reason != "no_time")
        for following in self._next(passing, answered=True):
            yield following
        await self._end(passing)

    async def hear_page(self, response: Response, passing: Passing, wanted: Wanted) -> AsyncIterator[Request]:
        """Store the article of a page, or count why there is none."""
        for following in self._next(passing, answered=True):
            yield following
        await self._settle(passing, lambda: settle_page(response, passing, wanted, self.run))

    async def miss_page(self, failure: Failure) -> AsyncIterator[Request]:
        """Count why a page could not be had."""
        request: Any = failure.request  # type: ignore[attr-defined]
        passing, wanted = request.cb_kwargs["passing"], request.cb_kwargs["wanted"]
        self._fail_of(failure)
        for following in self._next(passing, answered=True):
            yield following
        reason, _ = reason_of(failure.value, host_of(request))
        await self._settle(passing, lambda: settle_failure(reason, passing, wanted, self.run))

    async def _settle(self, passing: Passing, settle: Callable[[], Any]) -> None:
        try:
            await settle()
        except Exception as error:  # noqa: BLE001 - handed to the crawl, which raises it
            self._fail(error)
        await self._end(passing)

    async def _end(self, passing: Passing) -> None:
        """Note that one request of a source has ended; the last one ends the source."""
        passing.pending -= 1
        if passing.pending == 0 and self.run.failure is None and not self.run.stopping:
            try:
                await finish(passing, self.run)
            except Exception as error:  # noqa: BLE001 - handed to the crawl, which raises it
                self._fail(error)

    def _fail_of(self, failure: Failure) -> None:
        """End the crawl when a request failed because of the ledger, and not because of the network."""
        if isinstance(failure.value, ConventionWatchError | SQLAlchemyError):
            self._fail(failure.value)

    def _fail(self, error: Exception) -> None:
        """End the crawl because of an error that is no source's: the ledger, or the program itself."""
        if self.run.failure is None:
            self.run.failure = error
            log.error("The crawl cannot go on", error=f"{type(error).__name__}: {error}")
            for stop in self.run.on_stop:
                stop()
            engine = self.crawler.engine
            if engine is not None:
                task = asyncio.ensure_future(engine.close_spider_async(reason="failed"))
                task.add_done_callback(lambda done: done.exception() if not done.cancelled() else None)
