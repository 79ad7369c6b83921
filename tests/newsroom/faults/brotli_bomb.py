"""A feed of less than 2 KB that unpacks to 200 MB."""

from functools import cache

import brotli  # type: ignore[import-untyped]

from tests.newsroom.exchanges import Reply, Request


@cache
def packed() -> bytes:
    """Return 200 MB of nothing, packed."""
    result: bytes = brotli.compress(bytes(200 * 2**20), quality=1)
    return result


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer the feed with the bomb."""
    if request.path != "/rss":
        return reply
    return Reply(200, (("Content-Type", "application/rss+xml"), ("Content-Encoding", "br")), packed())
