"""A large web for measuring: many hosts on loopback, each with an RSS feed and its articles, in one child process.

``python -m tests.bench.web --hosts 60 --pages 10 --topic`` prints its port and serves until it is stopped.
"""

import argparse
import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from html import escape

from tests.bench.writing import write_article

PUBLISHED = "Fri, 27 Dec 2019 10:00:00 +0000"
SCRIPT = "window.settings=Object.assign(window.settings||{},{slot:'top',sizes:[[728,90],[970,250]],lazy:true});\n"


def host_addresses(count: int) -> list[str]:
    """Return this many loopback addresses, none of which the newsroom uses."""
    return [f"127.0.{1 + number // 200}.{1 + number % 200}" for number in range(count)]


def build_pages(
    hosts: Sequence[str], pages: int, port: int, *, topic: bool
) -> dict[tuple[str, str], tuple[str, bytes]]:
    """Return every document by (host, path), with its content type."""
    documents = {}
    for place, host in enumerate(hosts):
        items = []
        for number in range(place * pages, (place + 1) * pages):
            title, paragraphs = write_article(number, on_topic=topic)
            documents[host, f"/news/{number}.html"] = "text/html; charset=utf-8", _page(title, paragraphs, number)
            items.append((f"http://{host}:{port}/news/{number}.html", title))
        documents[host, "/feed.xml"] = "application/rss+xml; charset=utf-8", _feed(items)
        documents[host, "/robots.txt"] = "text/plain", b"User-agent: *\nDisallow: /search\n"
    return documents


def _feed(items: Sequence[tuple[str, str]]) -> bytes:
    entries = "".join(
        f"<item><title>{escape(title)}</title><link>{url}</link><guid>{url}</guid><pubDate>{PUBLISHED}</pubDate></item>"
        for url, title in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Bench</title>{entries}</channel></rss>'.encode()


def _page(title: str, paragraphs: Sequence[str], number: int) -> bytes:
    """Return a page of some 80 kB, most of which is not the article, as pages are."""
    links = "".join(f'<li><a href="/section/{n}">Section {n} of the paper</a></li>' for n in range(120))
    cards = "".join(
        f'<div class="card"><a href="/news/x{n}"><img src="/i/{n}.jpg" alt=""><h4>Another story, {n}</h4></a>'
        f"<p>A line on what it is about.</p></div>"
        for n in range(60)
    )
    linked = json.dumps({"@type": "NewsArticle", "headline": title, "datePublished": "2019-12-27T10:00:00+00:00"})
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<link rel="canonical" href="/news/{number}.html"><script type="application/ld+json">{linked}</script>'
        f"<script>{SCRIPT * 500}</script></head><body><nav><ul>{links}</ul></nav>"
        f'<main><article><h1>{escape(title)}</h1><div class="article-body">{body}</div></article></main>'
        f'<aside class="related">{cards}</aside><footer><p>All rights reserved.</p></footer></body></html>'
    ).encode()


class Server(asyncio.Protocol):
    """HTTP/1.1 with keep-alive and ETags, as little of it as the measurement needs."""

    def __init__(self, documents: Mapping[tuple[str, str], tuple[str, bytes]]) -> None:
        self.documents = documents
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that is complete."""
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            self.transport.write(self._answer(head.decode("latin-1").split("\r\n")))

    def _answer(self, lines: Sequence[str]) -> bytes:
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        document = self.documents.get((headers["host"].partition(":")[0], lines[0].split(" ")[1]))
        if document is None:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        kind, body = document
        etag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
        if headers.get("if-none-match") == etag:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nETag: {etag}\r\nContent-Length: {len(body)}\r\n\r\n"
        return head.encode() + body


async def serve(hosts: Sequence[str], pages: int, *, topic: bool) -> None:
    """Serve for ever; print the port first."""
    loop = asyncio.get_running_loop()
    documents: dict[tuple[str, str], tuple[str, bytes]] = {}
    first = await loop.create_server(lambda: Server(documents), hosts[0], 0)
    port = first.sockets[0].getsockname()[1]
    rest = await loop.create_server(lambda: Server(documents), hosts[1:], port, backlog=64)
    documents.update(build_pages(hosts, pages, port, topic=topic))
    print(port, flush=True)  # noqa: T201 - the line that the parent waits for
    await asyncio.gather(first.serve_forever(), rest.serve_forever())


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.web", description=__doc__)
    parser.add_argument("--hosts", type=int, required=True)
    parser.add_argument("--pages", type=int, required=True, help="articles of each host")
    parser.add_argument("--topic", action="store_true")
    options = parser.parse_args()
    asyncio.run(serve(host_addresses(options.hosts), options.pages, topic=options.topic))


if __name__ == "__main__":
    main()
