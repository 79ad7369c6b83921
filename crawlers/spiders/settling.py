"""What becomes of one page: an article in the ledger, off topic, or dropped with a word."""

from datetime import timedelta
from urllib.parse import urlsplit

import structlog
from scrapy.http import Response

from crawlers.reading.assembling import assemble_article
from crawlers.reading.charset import decode
from crawlers.reading.jobs import Job
from crawlers.reading.page_reading import PageReading
from crawlers.reading.walls import is_wall
from crawlers.reading.workers import ReadingStopped
from crawlers.spiders.failures import reason_of_status
from crawlers.spiders.gathering import Wanted, names_topic_itself
from crawlers.spiders.passing import Passing
from crawlers.spiders.run import CrawlRun
from crawlers.spiders.tally import PATIENCE
from crawlers.spiders.unreadable import keep_unreadable
from detection.relevance import names_topic
from records.article import Article

log = structlog.get_logger()
_READABLE = ("html", "xml", "text/plain")
_AWAITED = {"blocked", "waiting", "unreachable", "no_address", "no_time"}
"""What may pass, so that a summary stored meanwhile is followed by the whole text."""


async def settle_page(response: Response, passing: Passing, wanted: Wanted, run: CrawlRun) -> None:
    """Settle an entry whose page was answered."""
    refused = reason_of_status(response.status)
    if refused:
        await settle_failure(refused[0], passing, wanted, run)
        return
    content_type = (response.headers.get("Content-Type") or b"").decode("latin-1").lower()[:200]
    if content_type and not any(kind in content_type for kind in _READABLE):
        await settle_failure("not_html", passing, wanted, run)
        return
    text = decode(response.body, content_type).text
    if names_topic(text) or names_topic_itself(wanted.entry):
        await _read(response, content_type, passing, wanted, run)
    elif is_wall(text):
        await settle_failure("blocked", passing, wanted, run)
    else:
        await _settle_off_topic(passing, wanted, run)


async def settle_failure(reason: str, passing: Passing, wanted: Wanted, run: CrawlRun) -> None:
    """Settle an entry whose page could not be had: by its own words if they name the topic, else wait or drop it."""
    if reason != "stopped" and names_topic_itself(wanted.entry):
        article = assemble_article(passing.source, wanted.entry, None, url=wanted.entry.url, now=run.clock.now())
        if article is not None:
            awaited = reason in _AWAITED and _has_patience(reason, wanted, run)
            await _store(article, passing, wanted, run, awaited=awaited)
            return
    passing.tally.dropped[reason] += 1
    if _has_patience(reason, wanted, run):
        wanted.way_in.undone += 1
    else:
        await run.memory.dropped(passing.source.id, wanted.key, wanted.entry_hash, reason, run.clock.now())


async def _read(response: Response, content_type: str, passing: Passing, wanted: Wanted, run: CrawlRun) -> None:
    job = Job("page", response.url, content_type or None, run.clock.now())
    try:
        page = await run.workers.page(job, response.body)
    except ReadingStopped as stopped:
        keep_unreadable(response, stopped.reason, run)
        if stopped.reason != "stopped":  # one such page costs others their turn: no more from there in this pass
            run.hosts.failed(urlsplit(response.url).hostname or "", for_good=True)
        await settle_failure(stopped.reason, passing, wanted, run)
        return
    if page.problem:
        await settle_failure("blocked" if page.problem == "wall" else page.problem, passing, wanted, run)
        return
    article = assemble_article(passing.source, wanted.entry, page, url=response.url, now=run.clock.now())
    if article is None or not _is_about(article, page, wanted):
        await _settle_off_topic(passing, wanted, run)
        return
    await _store(article, passing, wanted, run)


def _is_about(article: Article, page: PageReading, wanted: Wanted) -> bool:
    """Tell whether the article itself names the topic, and not only what stands around it; in doubt it does."""
    return page.truncated or names_topic(f"{article.title}\n{article.text}") or names_topic_itself(wanted.entry)


async def _settle_off_topic(passing: Passing, wanted: Wanted, run: CrawlRun) -> None:
    passing.tally.off_topic += 1
    await run.memory.off_topic(passing.source.id, [(wanted.key, wanted.entry_hash)], run.clock.now())


async def _store(article: Article, passing: Passing, wanted: Wanted, run: CrawlRun, *, awaited: bool = False) -> None:
    """Store an article; ``awaited`` keeps its address open, so that the next pass asks for the page again."""
    mark = f"awaited:{wanted.entry_hash}" if awaited else wanted.entry_hash
    outcome = await run.memory.store(article, wanted.key, mark, run.clock.now())
    if outcome in {"stored", "version"}:
        passing.tally.stored += 1
    else:
        passing.tally.known += 1
    if awaited:
        wanted.way_in.undone += 1
    log.info("An article is in the ledger", source=article.source, outcome=outcome, scope=article.text_scope)


def _has_patience(reason: str, wanted: Wanted, run: CrawlRun) -> bool:
    """Tell whether an entry should be asked for again: as long as it is young, by its own date, or undated."""
    patience = PATIENCE.get(reason, timedelta())
    published = wanted.entry.published_at
    return bool(patience) and (published is None or run.clock.now() - published <= patience)
