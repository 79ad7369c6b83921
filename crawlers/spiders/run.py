"""One crawl while it is under way: what all its sources share."""

from collections.abc import Callable
from dataclasses import dataclass, field

from crawlers.fetching.clock import Clock
from crawlers.fetching.options import CrawlOptions
from crawlers.fetching.politeness import Hosts
from crawlers.reading.workers import Workers
from crawlers.spiders.passing import Passing
from crawlers.spiders.remembering import Memory
from ledger.sources import FeedState, SourcePass


@dataclass(slots=True, eq=False)
class CrawlRun:
    """The sources under way, the ledger, the workers, the hosts. ``failure`` ends the crawl.

    ``unheard`` are passes that ended before any host had answered: whether their sources are to blame shows later.
    """

    options: CrawlOptions
    passings: list[Passing]
    memory: Memory
    workers: Workers
    hosts: Hosts
    clock: Clock
    on_finished: Callable[[SourcePass], None]
    on_stop: list[Callable[[], None]] = field(default_factory=list)
    pages: int = 0
    stopping: bool = False
    failure: BaseException | None = None
    finished: list[SourcePass] = field(default_factory=list)
    unheard: list[tuple[SourcePass, list[FeedState]]] = field(default_factory=list)
