"""Pages send the visitor on, by their markup, to the address at which clouds answer with their credentials."""

from tests.newsroom.exchanges import Reply, Request

PAGE = b'<html><head><meta http-equiv="refresh" content="0; url=http://169.254.169.254/latest/"></head></html>'


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer every page with the refresh."""
    return Reply(200, (("Content-Type", "text/html"),), PAGE) if request.path.startswith("/a/") else reply
