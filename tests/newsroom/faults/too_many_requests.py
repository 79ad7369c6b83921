"""The site finds that we ask too much: its feed is answered 429 with a Retry-After of an hour."""

from tests.newsroom.exchanges import Reply, Request


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer the feed with 429."""
    return Reply(429, (("Retry-After", "3600"),), b"Too many.\n") if request.path == "/rss" else reply
