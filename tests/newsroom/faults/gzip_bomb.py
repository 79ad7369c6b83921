"""Pages of some 200 KB that unpack to 200 MB."""

import gzip
from functools import cache

from tests.newsroom.exchanges import Reply, Request


@cache
def packed() -> bytes:
    """Return 200 MB of nothing, packed."""
    return gzip.compress(bytes(200 * 2**20), 1)


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer every page with the bomb."""
    if not request.path.startswith("/a/"):
        return reply
    return Reply(200, (("Content-Type", "text/html"), ("Content-Encoding", "gzip")), packed())
