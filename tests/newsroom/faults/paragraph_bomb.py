"""Pages on the topic with a million paragraphs, none of them closed: hours of work for a reader."""

from tests.newsroom.exchanges import Reply, Request
from tests.unit.crawlers.newsstand import TOPIC


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer every page with the bomb."""
    if not request.path.startswith("/a/"):
        return reply
    body = b"<html><body><p>" + TOPIC.encode() + b"<p>" * 1_000_000
    return Reply(200, (("Content-Type", "text/html"),), body)
