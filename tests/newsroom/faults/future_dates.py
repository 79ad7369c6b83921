"""A feed from the year 2099."""

import re

from tests.newsroom.exchanges import Reply, Request

DATE = b"<pubDate>Thu, 01 Jan 2099 10:00:00 GMT</pubDate>"


def respond(request: Request, reply: Reply) -> Reply | None:
    """Move every date of the feed into the future."""
    if request.path != "/rss" or not isinstance(reply.body, bytes):
        return reply
    return Reply(200, (("Content-Type", "application/rss+xml"),), re.sub(rb"<pubDate>.*?</pubDate>", DATE, reply.body))
