"""The site answers everything but robots.txt with a log-in page and the status 200."""

from tests.newsroom.exchanges import Reply, Request

PAGE = b"""<!DOCTYPE html>
<html lang="en"><head><title>Sign in to continue</title></head>
<body><main><h1>Sign in to continue</h1><p>Please log in to read this page.</p>
<form action="/login" method="post"><input name="user"><input name="password" type="password">
<button>Log in</button></form>
</main></body></html>
"""


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer with the log-in page."""
    if request.path == "/robots.txt":
        return reply
    return Reply(200, (("Content-Type", "text/html; charset=utf-8"),), PAGE)
