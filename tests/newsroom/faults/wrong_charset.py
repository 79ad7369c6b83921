"""Pages in windows-1251 that neither the header nor the markup declares rightly."""

from tests.newsroom.exchanges import Reply, Request

WORDS = "Генеральная Ассамблея ООН одобрила конвенцию против киберпреступности, сообщил представитель делегации. "
PAGE = "<html><head><title>Голосование {0}</title></head><body><article><p>{1} {0}.</p></article></body></html>"


def respond(request: Request, reply: Reply) -> Reply | None:
    """Answer every page in the one charset, declared as another."""
    if not request.path.startswith("/a/"):
        return reply
    return Reply(
        200, (("Content-Type", "text/html; charset=utf-8"),), PAGE.format(request.path, WORDS * 3).encode("cp1251")
    )
