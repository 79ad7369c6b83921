"""Headers are bounded while they come in: what a hostile server sends of them is not kept."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from tests.unit.crawlers.newsstand import Newsstand, rss

FEED = rss({"title": "Talks", "link": "/a/1"})
FLOODS = {
    "number": [b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 5000],
    "bytes": [b"HTTP/1.1 200 OK\r\n", *[b"X-%d: " % n + b"y" * 60_000 + b"\r\n" for n in range(20)]],
    "line": [b"HTTP/1.1 200 OK\r\nX: ", *[b"y" * 100_000] * 20, b"\r\n"],
    "folded": [b"HTTP/1.1 200 OK\r\nX: y\r\n", *[b" " + b"y" * 1000 + b"\r\n"] * 2000],
    "interim": [*[b"HTTP/1.1 103 Early Hints\r\nLink: y\r\n\r\n"] * 2000, b"HTTP/1.1 200 OK\r\n"],
}
MANY = [b"HTTP/1.1 200 OK\r\n", *[b"Set-Cookie: n%d=" % n + b"y" * 3000 + b"\r\n" for n in range(60)]]


@contextmanager
def raw_server(answer: Sequence[bytes], body: bytes = FEED, host: str = "127.0.0.1") -> Iterator[tuple[str, list[str]]]:
    """Serve bytes as they are given, for any path but robots.txt; give the address and the paths asked."""
    end = b"Content-Type: application/rss+xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(body), body)
    paths: list[str] = []
    listening = socket.create_server((host, 0))

    def serve() -> None:
        while True:
            try:
                conn, _ = listening.accept()
            except OSError:
                return
            with conn:
                path = conn.recv(65536).split(b" ")[1].decode()
                paths.append(path)
                pieces = [b"HTTP/1.1 404 No\r\n", end] if path == "/robots.txt" else [*answer, end]
                try:
                    for piece in pieces:
                        conn.sendall(piece)
                except ConnectionError:
                    continue

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://{host}:{listening.getsockname()[1]}", paths
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def test_too_many_headers_are_a_failure_of_their_own(newsstand: Newsstand) -> None:
    """By number, bytes, length of a line or in interim answers: named, asked for once, and the source rests."""
    with ExitStack() as open_servers:
        asked: dict[str, list[str]] = {}
        for number, (kind, flood) in enumerate(FLOODS.items(), start=1):
            url, asked[kind] = open_servers.enter_context(raw_server(flood, host=f"127.0.8.{number}"))
            newsstand.add(kind, {"feed": f"{url}/rss"})
        done = newsstand.crawl()
        assert newsstand.crawl("--as-of", "2019-12-28T09:25:00+00:00") == {}  # a hard failure rests for 30 minutes
    for kind in FLOODS:
        assert (done[kind]["state"], asked[kind]) == ("parse_error", ["/robots.txt", "/rss"]), kind
        assert "header" in done[kind]["error"]


def test_a_page_with_too_many_headers_is_dropped_with_the_word(newsstand: Newsstand) -> None:
    """It costs only itself."""
    with raw_server(FLOODS["number"]) as (flooded, _):
        items = rss({"title": "A", "link": f"{flooded}/a"}, {"title": "B", "link": "/b"})
        with raw_server([b"HTTP/1.1 200 OK\r\n"], items) as (feed, _):
            newsstand.add("one", {"feed": f"{feed}/rss"})
            done = newsstand.crawl()["one"]
            assert (done["found"], done["dropped"]) == (2, {"headers_too_large": 1})


def test_honest_headers_pass(newsstand: Newsstand) -> None:
    """Sixty cookies of 3 KB are much, and within bounds."""
    with raw_server(MANY) as (url, _):
        newsstand.add("one", {"feed": f"{url}/rss"})
        assert newsstand.crawl()["one"]["found"] == 1
