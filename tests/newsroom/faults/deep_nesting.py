"""Pages whose article lies under a thousand open elements."""

from tests.newsroom.exchanges import Reply, Request


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer every page with its article pushed down."""
    if not request.path.startswith("/a/") or not isinstance(reply.body, bytes):
        return reply
    return Reply(
        200, (("Content-Type", "text/html"),), reply.body.replace(b"<article>", b"<div>" * 1000 + b"<article>")
    )
