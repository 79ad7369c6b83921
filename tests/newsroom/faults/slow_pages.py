"""A feed of sixty entries at once, and pages that come letter by letter."""

import time
from collections.abc import Iterator

from tests.newsroom.exchanges import Reply, Request
from tests.unit.crawlers.newsstand import rss

ENTRIES = 60


def pieces() -> Iterator[bytes]:
    """Yield a byte each second, for two minutes."""
    for _ in range(120):
        yield b" "
        time.sleep(1.0)


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer the feed at once, the pages slowly."""
    if request.path == "/rss":
        items = [{"title": f"Talks {n}", "link": f"/slow/{n}"} for n in range(ENTRIES)]
        return Reply(200, (("Content-Type", "application/rss+xml"),), rss(*items))
    return Reply(200, (("Content-Type", "text/html"),), pieces()) if request.path.startswith("/slow/") else reply
