"""A site whose feed takes seven seconds to answer, and which is well otherwise."""

import time

from tests.newsroom.exchanges import Reply, Request


def respond(request: Request, reply: Reply) -> Reply | None:
    """Wait before the feed."""
    if request.path == "/rss":
        time.sleep(7)
    return reply
