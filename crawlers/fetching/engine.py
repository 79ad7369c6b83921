"""Scrapy's engine, run once: it ends within seconds when told to."""

import asyncio
from typing import TYPE_CHECKING, Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from crawlers.fetching.settings import scrapy_settings
from crawlers.reading.identity import article_id
from detection.language import read_language
from detection.relevance import names_topic

if TYPE_CHECKING:
    from crawlers.spiders.run import CrawlRun

GRACE = 1.0  # seconds that what is under way has to end by itself


class _Process(AsyncCrawlerProcess):
    """Scrapy's process, which on a signal ends downloads and readings after a short grace."""

    run: "CrawlRun"

    async def stop(self) -> None:
        """Stop taking requests at once, and end after ``GRACE`` what is still under way."""
        self.run.stopping = True
        asyncio.get_running_loop().call_later(GRACE, self._end)
        await super().stop()

    def _end(self) -> None:
        for stop in self.run.on_stop:
            stop()
        for crawler in self.crawlers:
            _drain(crawler)


def _drain(crawler: Crawler) -> None:
    """Let the requests that wait for their host's delay fail now instead of one by one."""
    engine: Any = crawler.engine
    for slot in engine.downloader.slots.values() if engine is not None else ():
        slot.delay = 0.0
        slot.close()
        engine.downloader._process_queue(slot)


def run_engine(run: "CrawlRun") -> None:
    """Crawl all that ``run`` holds; returns when it is done or was told to stop (SIGTERM, SIGINT)."""
    from crawlers.spiders.spider import SourceSpider

    process = _Process(Settings(scrapy_settings(run.options)))
    process.run = run
    run.on_stop.append(run.workers.close)
    _warm_up()
    process.crawl(SourceSpider, run=run)
    process.start()


def _warm_up() -> None:
    """Load the rule files now: loading them under way would hold up the loop, and shorten pauses between requests."""
    names_topic("")
    read_language("", None, None)
    article_id("https://example.org/")
