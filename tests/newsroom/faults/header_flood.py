"""Answers with 200,000 headers, 13 MB of them."""

from tests.newsroom.exchanges import Reply, Request

FLOOD = tuple((f"X-Flood-{number}", "waters " * 7) for number in range(200_000))


def respond(request: Request, reply: Reply) -> Reply | None:
    """Add the headers to the feed."""
    return Reply(200, (*reply.headers, *FLOOD), reply.body) if request.path == "/rss" else reply
