"""Pages with one text of 3 MB before the article."""

from tests.newsroom.exchanges import Reply, Request


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer every page with the long text in it."""
    if not request.path.startswith("/a/") or not isinstance(reply.body, bytes):
        return reply
    text = b"<p>" + b"filler " * 430_000 + b"</p>"
    return Reply(200, (("Content-Type", "text/html"),), reply.body.replace(b"<article>", text + b"<article>"))
