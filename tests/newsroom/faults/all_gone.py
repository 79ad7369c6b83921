"""The site has closed for good: everything is answered 410."""

from tests.newsroom.exchanges import Reply, Request


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer 410."""
    return Reply(410, (("Content-Type", "text/plain; charset=utf-8"),), b"Gone.\n")
