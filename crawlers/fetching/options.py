"""What one crawl depends on, besides its sources and the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from crawlers.fetching.addresses import Network
from crawlers.reading.workers import WorkerLimits


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """``as_of`` is the moment the crawl begins, in UTC; time passes from there.

    ``only_due`` leaves out sources whose ``every`` has not passed. ``delay`` is the least time between two
    requests to one host, ``timeout`` bounds one answer, ``seconds`` the whole crawl (0: no bound). The caps count
    entries of a feed, page requests of one source, and page requests of the crawl; what goes beyond is counted.
    """

    as_of: datetime
    contact: str | None = None
    allow_networks: Sequence[Network] = ()
    only_due: bool = True
    delay: float = 1.0
    timeout: float = 30.0
    seconds: int = 0
    most_entries: int = 500
    most_pages_per_source: int = 300
    most_pages: int = 5000
    workers: int = 1
    worker_limits: WorkerLimits = field(default_factory=WorkerLimits)
