"""A feed that comes letter by letter."""

import time
from collections.abc import Iterator

from tests.newsroom.exchanges import Reply, Request


def pieces() -> Iterator[bytes]:
    """Yield a byte each half second, for two minutes."""
    for _ in range(240):
        yield b" "
        time.sleep(0.5)


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer the feed slowly."""
    return Reply(200, (("Content-Type", "application/rss+xml"),), pieces()) if request.path == "/rss" else reply
