"""A feed whose entries all have one guid."""

from tests.newsroom.exchanges import Reply, Request


def respond(request: Request, reply: Reply) -> Reply | None:
    """Give every entry the same guid."""
    if request.path != "/rss" or not isinstance(reply.body, bytes):
        return reply
    body = reply.body.replace(b"<item>", b"<item><guid isPermaLink='false'>post-1</guid>")
    return Reply(200, (("Content-Type", "application/rss+xml"),), body)
