"""One crawl as a program, because Scrapy's engine runs once per process: prints its passes as JSON, one a line."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import datetime
from ipaddress import ip_network
from pathlib import Path

from crawlers.crawling import crawl
from crawlers.fetching.options import CrawlOptions
from crawlers.reading.workers import WorkerLimits
from crawlers.source import load_sources
from ledger.opening import open_ledger
from ledger.sources import SourcePass


def main() -> None:
    """Crawl the sources of a folder into a ledger."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--as-of", default="2019-12-28T09:00:00+00:00")
    parser.add_argument("--closed", action="store_true", help="allow no network beyond the public ones")
    parser.add_argument("--allow", default="127.0.0.0/8", help="the network that may be reached although not public")
    parser.add_argument("--all", action="store_true", help="ask sources that are not due, too")
    parser.add_argument("--options", type=json.loads, default={})
    arguments = parser.parse_args()
    as_of = datetime.fromisoformat(arguments.as_of)
    given = arguments.options
    if "worker_limits" in given:
        given["worker_limits"] = WorkerLimits(**given["worker_limits"])
    if "unreadable" in given:
        given["unreadable"] = Path(given["unreadable"])
    options = CrawlOptions(
        as_of=as_of,
        contact="https://example.org/about",
        allow_networks=() if arguments.closed else (ip_network(arguments.allow),),
        even_if_not_due=arguments.all,
        **{"delay": 0.02, "timeout": 5.0, **given},
    )
    ledger = open_ledger(f"sqlite:///{arguments.ledger}", now=as_of)
    try:
        for source_pass in crawl(load_sources(arguments.folder), ledger, options=options):
            _print(source_pass)
    finally:
        ledger.close()


def _print(source_pass: SourcePass) -> None:
    sys.stdout.write(json.dumps(asdict(source_pass), default=str) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
