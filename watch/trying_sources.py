"""Asks every source once, as a pass does, into a ledger that is thrown away; and compares our clock with theirs."""

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median

from crawlers.crawling import CrawlOptions, crawl
from crawlers.source import load_sources
from ledger.opening import open_ledger
from ledger.sources import READ, SourcePass
from watch.diagnosis import Diagnosis, ill
from watch.settings import Settings

TOLERATED = timedelta(minutes=2)


def try_sources(settings: Settings) -> Iterator[Diagnosis]:
    """Ask each way into each source, by the same guard and as politely as ever, and read what it answers.

    No article's page is asked for, and nothing is kept. Raises ConfigurationError for files that are wrong.
    """
    skews: list[float] = []
    options = CrawlOptions(
        contact=settings.contact,
        allow_networks=settings.allow_networks,
        as_of=settings.as_of,
        even_if_not_due=True,
        most_pages=0,
        on_skew=lambda ahead: skews.append(ahead.total_seconds()),
    )
    with tempfile.TemporaryDirectory(prefix="convention-watch-") as folder:
        ledger = open_ledger(f"sqlite:///{Path(folder, 'ledger.sqlite')}", now=settings.now())
        try:
            passes = crawl(load_sources(settings.sources), ledger, options=options)
        finally:
            ledger.close()
    yield from (_judge(one) for one in sorted(passes, key=lambda one: one.source))
    yield _judge_clock(skews)


def _judge(one: SourcePass) -> Diagnosis:
    part = f"source {one.source}"
    if one.state in READ:
        return Diagnosis(part, True, f"{one.state}, {one.found} entries")
    return ill(part, f"{one.state}: {one.error or 'no reason was given'}", one.state)


def _judge_clock(skews: list[float]) -> Diagnosis:
    if not skews:
        return Diagnosis("clock", True, "no server said what time it is")
    ahead = median(skews)
    if abs(ahead) > TOLERATED.total_seconds():
        side = "behind" if ahead > 0 else "ahead of"
        return ill("clock", f"is {timedelta(seconds=round(abs(ahead)))} {side} the clocks of {len(skews)} answers")
    return Diagnosis("clock", True, f"agrees with the clocks of {len(skews)} answers")
