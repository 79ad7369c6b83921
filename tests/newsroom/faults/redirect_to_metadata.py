"""Pages redirect to the address at which clouds answer with their credentials."""

from tests.newsroom.exchanges import Reply, Request

TARGET = "http://169.254.169.254/latest/meta-data/"


def respond(request: Request, reply: Reply) -> Reply | None:
    """Redirect every page."""
    return Reply(302, (("Location", TARGET),), b"") if request.path.startswith("/a/") else reply
