"""The site's robots.txt cannot be had: 500."""

from tests.newsroom.exchanges import Reply, Request


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer robots.txt with 500."""
    return Reply(500, (), b"") if request.path == "/robots.txt" else reply
