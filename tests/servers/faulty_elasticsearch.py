"""A stand-in for Elasticsearch, only for what a healthy server never does: refuse, fail half-way, hang up, be another.

It knows nothing of searching. Each request is answered by the next of the answers given to it, the last one again and
again; what was asked is kept.
"""

import json
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from zlib import MAX_WBITS, decompress


@dataclass(frozen=True)
class Asked:
    """One request as it came: method, path without the query, body decompressed."""

    method: str
    path: str
    body: str


@dataclass(frozen=True)
class Answer:
    """One answer; ``product`` False leaves out the header by which Elasticsearch is known; ``hang_up``: none at all."""

    status: int = 200
    body: Any = field(default_factory=dict)
    product: bool = True
    hang_up: bool = False


Answering = Callable[[Asked], Answer | None]
"""Gives an answer, or None for the healthy one."""


@dataclass
class FaultyElasticsearch:
    """The running stand-in: its URL, and what it was asked."""

    url: str
    asked: list[Asked] = field(default_factory=list)

    def bulks(self) -> list[Asked]:
        """The bulk requests, in order."""
        return [request for request in self.asked if request.path.endswith("/_bulk")]


@contextmanager
def faulty_elasticsearch(answering: Answering) -> Iterator[FaultyElasticsearch]:
    """Run the stand-in until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(answering))
    running = FaultyElasticsearch(f"http://127.0.0.1:{server.server_address[1]}")
    server.running = running  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def in_turn(path_end: str, answers: Sequence[Answer | None]) -> Answering:
    """Answer requests to paths that end so with each of ``answers`` in turn, the last again and again."""
    left = list(answers)

    def answering(asked: Asked) -> Answer | None:
        if not asked.path.endswith(path_end):
            return None
        return left.pop(0) if len(left) > 1 else left[0]

    return answering


def healthy(asked: Asked) -> Answer:
    """What a server of version 9.5.3 that has our indices and takes every document would say, as far as asked."""
    if asked.path == "/_nodes":
        return Answer(body={"nodes": {"n": {"version": "9.5.3"}}})
    if asked.path.endswith("-next") and asked.method == "HEAD":
        return Answer(404)
    if asked.path.endswith("/_bulk"):
        return Answer(body=bulk_answer([201] * (asked.body.count("\n") // 2)))
    return Answer()


def bulk_answer(statuses: Sequence[int]) -> dict[str, Any]:
    """The answer to a bulk request with one status for each document."""
    items = [
        {"index": {"_id": str(at), "status": status, **({"error": _error(status)} if status >= 400 else {})}}
        for at, status in enumerate(statuses)
    ]
    return {"took": 1, "errors": any(status >= 400 for status in statuses), "items": items}


def _error(status: int) -> dict[str, str]:
    named = {429: "es_rejected_execution_exception", 403: "cluster_block_exception", 409: "version_conflict"}
    return {"type": named.get(status, "mapper_parsing_exception"), "reason": f"for the test: {status}"}


def _handler(answering: Answering) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.headers.get("Content-Encoding") == "gzip":
                raw = decompress(raw, 16 + MAX_WBITS)
            asked = Asked(self.command, self.path.partition("?")[0], raw.decode())
            self.server.running.asked.append(asked)  # type: ignore[attr-defined]
            answer = answering(asked) or healthy(asked)
            if answer.hang_up:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            body = b"" if self.command == "HEAD" else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/vnd.elasticsearch+json; compatible-with=9")
            self.send_header("Content-Length", str(len(body)))
            if answer.product:
                self.send_header("X-Elastic-Product", "Elasticsearch")
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = _answer  # noqa: N815 - the library's names

        def log_message(self, *arguments: Any) -> None:
            """Say nothing."""

    return Handler
