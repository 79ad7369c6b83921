"""What hosts ask of us: to wait (429, 503, Retry-After), or to be left alone when nothing works there."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import structlog
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawlers.fetching.budget import Budget
from crawlers.fetching.clock import Clock

log = structlog.get_logger()
WAIT = timedelta(minutes=10)  # when a host asks us to wait and does not say how long
LONGEST_WAIT = timedelta(days=2)
FAILURES = 3  # in a row, after which a host is left alone for the rest of the pass
_ASKED_TO_WAIT = {429, 503}


class HostWaits(IgnoreRequest):
    """The host asked us to come back later."""


class HostFails(IgnoreRequest):
    """The host failed several times in a row in this pass."""


class Hosts:
    """What each host asked for, for as long as the pass lasts; waits are carried from pass to pass by the ledger.

    ``heard`` tells whether any host has answered anything in this pass.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._not_before: dict[str, datetime] = {}
        self._failures: Counter[str] = Counter()
        self.heard = False

    def wait(self, host: str, until: datetime) -> None:
        """Ask nothing of a host before ``until``."""
        self._not_before[host] = max(until, self._not_before.get(host, until))

    def not_before(self, host: str) -> datetime | None:
        """Return until when a host must not be asked, None when it may be."""
        until = self._not_before.get(host)
        return until if until is not None and until > self._clock.now() else None

    def check(self, host: str) -> None:
        """Raise HostWaits or HostFails when a host must not be asked now."""
        if self.not_before(host):
            raise HostWaits(f"{host} asked to wait until {self._not_before[host].isoformat(timespec='seconds')}")
        if self._failures[host] >= FAILURES:
            raise HostFails(f"{host} failed {FAILURES} times in a row")

    def answered(self, host: str, status: int, retry_after: str | None, date: str | None) -> None:
        """Take note of an answer."""
        self.heard = True
        if status in _ASKED_TO_WAIT:
            pause = read_retry_after(retry_after, date, now=self._clock.now())
            self.wait(host, self._clock.now() + pause)
            log.info("A host asks to wait", host=host, status=status, seconds=int(pause.total_seconds()))
        if status >= 500 or status in {401, 403, 429}:
            self._failures[host] += 1
        else:
            self._failures[host] = 0

    def failed(self, host: str, *, for_good: bool) -> None:
        """Take note that a host did not answer; ``for_good``: its name cannot be resolved."""
        self._failures[host] += FAILURES if for_good else 1


def read_retry_after(value: str | None, date: str | None, *, now: datetime) -> timedelta:
    """Return how long a Retry-After (seconds, or a date, against the answer's own Date) asks to wait."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), LONGEST_WAIT)
    until, answered = _http_date(text), _http_date(date)
    if until is None:
        return WAIT
    return min(max(until - (answered or now), timedelta()), LONGEST_WAIT)


def _http_date(text: str | None) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(text or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


class HostMiddleware:
    """Keeps requests from hosts that must not be asked, and listens to what hosts answer."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "HostMiddleware":
        """Return the middleware of a crawl, as Scrapy asks for it."""
        return cls(crawler)

    @property
    def _hosts(self) -> Hosts:
        spider: Any = self._crawler.spider
        hosts: Hosts = spider.run.hosts
        return hosts

    def process_request(self, request: Request) -> None:
        """Let a request pass, or raise IgnoreRequest: now, and not when it has waited for its host's pause."""
        self._hosts.check(host_of(request))
        budget: Budget | None = request.meta.get("budget")
        if budget is not None:
            budget.bound(0.0)

    def process_response(self, request: Request, response: Response) -> Response:
        """Listen to an answer, and let it pass."""
        retry_after, date = (response.headers.get(name) for name in ("Retry-After", "Date"))
        self._hosts.answered(
            host_of(request),
            response.status,
            retry_after.decode("latin-1") if retry_after else None,
            date.decode("latin-1") if date else None,
        )
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Listen to a failure, and let it pass."""
        if not isinstance(exception, IgnoreRequest):
            self._hosts.failed(host_of(request), for_good=isinstance(exception, CannotResolveHostError))


def host_of(request: Request) -> str:
    """Return the host a request asks, in lower case."""
    return urlparse_cached(request).hostname or ""
