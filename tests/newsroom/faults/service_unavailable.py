"""The site is overloaded: everything is answered 503 with a Retry-After of two minutes."""

from tests.newsroom.exchanges import Reply, Request


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer 503."""
    return Reply(503, (("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "120")), b"Try again later.\n")
