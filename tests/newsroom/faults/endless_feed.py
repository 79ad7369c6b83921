"""A feed that never ends."""

from collections.abc import Iterator

from tests.newsroom.exchanges import Reply, Request


def pieces() -> Iterator[bytes]:
    """Yield items for ever."""
    yield b"<rss version='2.0'><channel>"
    while True:
        yield b"<item><title>More</title></item>" * 2000


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer the feed without an end."""
    return Reply(200, (("Content-Type", "application/rss+xml"),), pieces()) if request.path == "/rss" else reply
