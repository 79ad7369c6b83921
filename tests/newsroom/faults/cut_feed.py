"""Every XML or JSON document of the site ends in the middle, as after a full disk; pages are whole."""

from tests.newsroom.exchanges import Reply, Request


def respond(request: Request, reply: Reply) -> Reply | None:
    """Send the first third of a feed."""
    kind = dict(reply.headers).get("Content-Type", "")
    if reply.status != 200 or not isinstance(reply.body, bytes) or not ("xml" in kind or "json" in kind):
        return reply
    return Reply(200, (("Content-Type", kind),), reply.body[: len(reply.body) // 3])
