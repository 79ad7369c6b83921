"""Our own outage: when no host answers in a whole pass, no source is to blame."""

from collections.abc import Sequence

from crawlers.spiders.run import CrawlRun
from ledger.sources import SourcePass

OUTAGE = "no host answered in this pass: our own network seems to be down, and no source is blamed"
_UNHEARD = {"unreachable", "no_address", "no_time"}
_FEWEST = 2  # hosts that were well before; one host that does not answer may well be down itself


def may_be_outage(run: CrawlRun) -> bool:
    """Tell whether so far nothing at all was heard from the network."""
    return not run.hosts.heard


def is_outage(run: CrawlRun) -> bool:
    """Tell whether a crawl that has ended met our own outage: hosts that were well before, and not a word from any."""
    ways = [way for passing in run.passings for way in passing.ways]
    unheard = {way.host for way in ways if way.before.failures == 0 and way.reason in _UNHEARD}
    return (
        may_be_outage(run) and len(unheard) >= _FEWEST and all(way.reason in _UNHEARD or not way.asked for way in ways)
    )


def met_outage(passes: Sequence[SourcePass]) -> bool:
    """Tell whether the passes of one crawl report our own outage."""
    return bool(passes) and all(one.error == OUTAGE for one in passes)
