"""A small real HTTP server: answers are set by path; it remembers what it was asked, and how much at once."""

import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    """What one path answers. ``seconds`` is how long it thinks first; an ``etag`` makes it answer 304."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = None
    seconds: float = 0.0


@dataclass
class Asked:
    """One request as the server saw it: path, when it came (seconds, monotonic), its headers in lower case.

    ``answered_at`` is when the answer began to leave, 0 before that.
    """

    path: str
    at: float
    headers: dict[str, str]
    status: int = 0
    answered_at: float = 0.0


def pauses_kept(asked: Sequence[Asked], pause: float) -> bool:
    """Tell whether a visitor that asks one thing at a time left ``pause`` seconds between what it sent.

    Seen from here a request may come late, by whatever held it up on its way, and then the next seems to follow too
    soon. But none comes before it left, and the one after an answer did not leave before that answer: so from each
    answer on the n-th request comes n - 1 pauses later at least, however busy the machine is.
    """
    return all(
        later.at - earlier.answered_at >= (between - 1) * pause - _TICK
        for place, earlier in enumerate(asked)
        for between, later in enumerate(asked[place + 1 :], start=1)
    )


_TICK = 0.01  # seconds by which a timer may fire early


class Site:
    """A site on 127.0.0.1, or with ``tls`` on https://localhost. Paths that nobody set answer 404."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self._now = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
            self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
            self.url = f"https://localhost:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def paths(self) -> list[str]:
        """The paths asked for so far, robots.txt left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def stop(self) -> None:
        """End serving and give back the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked = Asked(self.path, time.monotonic(), {k.lower(): v for k, v in self.headers.items()})
                with site._lock:
                    site.asked.append(asked)
                    site._now += 1
                    site.most_at_once = max(site.most_at_once, site._now)
                try:
                    self._answer(asked, site.answers.get(self.path, Answer(b"not here", 404)))
                finally:
                    with site._lock:
                        site._now -= 1

            def _answer(self, asked: Asked, answer: Answer) -> None:
                time.sleep(answer.seconds)
                asked.answered_at = time.monotonic()
                unchanged = answer.etag is not None and asked.headers.get("if-none-match") == answer.etag
                asked.status = 304 if unchanged else answer.status
                body = b"" if unchanged else answer.body
                try:
                    self.send_response(asked.status)
                    self.send_header("Content-Type", answer.content_type)
                    self.send_header("Content-Length", str(len(body)))
                    for name, value in answer.headers.items():
                        self.send_header(name, value)
                    if answer.etag:
                        self.send_header("ETag", answer.etag)
                    self.end_headers()
                    self.wfile.write(body)
                except ConnectionError:
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
                """Say nothing: the test asks what was asked."""

        return Handler


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Serve a site for as long as the block lasts."""
    site = Site(tls)
    site.start()
    try:
        yield site
    finally:
        site.stop()
