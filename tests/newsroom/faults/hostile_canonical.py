"""Pages that claim to be another site's."""

from tests.newsroom.exchanges import Reply, Request

CLAIM = (
    b"<link rel='canonical' href='http://169.254.169.254/a/1'>"
    b"<meta property='og:url' content='https://gazette.example/a/1'></head>"
)


def respond(request: Request, reply: Reply) -> Reply | None:
    """Put the claim into every page."""
    if not request.path.startswith("/a/") or not isinstance(reply.body, bytes):
        return reply
    return Reply(200, (("Content-Type", "text/html"),), reply.body.replace(b"</head>", CLAIM))
