"""What one crawl depends on, besides its sources and the ledger."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from crawlers.fetching.addresses import Network
from crawlers.reading.workers import WorkerLimits


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """``as_of`` (UTC) stands for now while the crawl lasts; None: the clock does.

    ``even_if_not_due`` asks sources whose ``every`` has not passed, too. ``delay`` is the least time between two
    requests to one host, ``timeout`` bounds one answer, ``seconds`` the whole crawl (0: no bound). ``source_seconds``
    bounds the network time of a source, robots.txt and redirects included, and ``ways_seconds`` that of its ways in,
    so that something is left for pages; what they leave undone is counted, and asked for in the next pass. The caps
    count entries of a feed, page requests of one source, and page requests of the crawl; what goes beyond is counted.
    ``unverified_hosts`` are those whose certificates are not verified, by their source's exception.
    ``unreadable`` is the folder where documents are kept that no worker could read, None to keep none.
    ``on_skew`` is told, for each answer with a date, how far the server's clock is ahead of ours.
    """

    as_of: datetime | None = None
    contact: str | None = None
    allow_networks: Sequence[Network] = ()
    even_if_not_due: bool = False
    delay: float = 1.0
    timeout: float = 30.0
    seconds: int = 0
    source_seconds: float = 30.0
    ways_seconds: float = 20.0
    most_entries: int = 500
    most_pages_per_source: int = 300
    most_pages: int = 5000
    unverified_hosts: frozenset[str] = frozenset()
    workers: int = 2
    unreadable: Path | None = None
    on_skew: Callable[[timedelta], None] | None = None
    worker_limits: WorkerLimits = field(default_factory=WorkerLimits)
