"""A feed of 100,000 entries, whose pages robots.txt forbids."""

from tests.newsroom.exchanges import Reply, Request

FEED = (
    b"<rss version='2.0'><channel>"
    + b"".join(b"<item><title>N %d</title><link>/private/%d</link></item>" % (n, n) for n in range(100_000))
    + b"</channel></rss>"
)


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer with the long feed."""
    return Reply(200, (("Content-Type", "application/rss+xml"),), FEED) if request.path == "/rss" else reply
