"""The site takes connections and hangs up before a word of answer."""

from tests.newsroom.exchanges import Reply, Request


def respond(request: Request, reply: Reply) -> Reply | None:
    """Hang up."""
    return None
