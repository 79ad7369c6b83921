"""A browser check with the status 200 in place of everything but robots.txt."""

from tests.newsroom.exchanges import Reply, Request

PAGE = b"<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer with the check."""
    return reply if request.path == "/robots.txt" else Reply(200, (("Content-Type", "text/html"),), PAGE)
