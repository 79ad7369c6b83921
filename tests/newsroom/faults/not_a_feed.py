"""A page of the site where its feed was."""

from tests.newsroom.exchanges import Reply, Request

PAGE = b"<!doctype html><html><body><h1>We have moved</h1><p>Welcome to our new pages.</p></body></html>"


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer the feed with a page."""
    return Reply(200, (("Content-Type", "text/html"),), PAGE) if request.path == "/rss" else reply
