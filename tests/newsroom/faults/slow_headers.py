"""A feed whose headers come one a second, for two minutes."""

import time
from collections.abc import Iterator

from tests.newsroom.exchanges import Reply, Request


def trickle() -> Iterator[tuple[str, str]]:
    """Yield a header each second."""
    for number in range(120):
        yield f"X-Drop-{number}", "water"
        time.sleep(1.0)


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer the feed slowly."""
    return Reply(200, trickle(), reply.body) if request.path == "/rss" else reply
