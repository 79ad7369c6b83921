"""A feed without a date."""

import re

from tests.newsroom.exchanges import Reply, Request


def respond(request: Request, reply: Reply) -> Reply | None:
    """Take the dates out of the feed."""
    if request.path != "/rss" or not isinstance(reply.body, bytes):
        return reply
    return Reply(200, (("Content-Type", "application/rss+xml"),), re.sub(rb"<pubDate>.*?</pubDate>", b"", reply.body))
