"""No way in leads to an address that is not public: each spelling by each way, seen where connections are made."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawlers.source import load_source
from records.errors import ConfigurationError
from tests.unit.crawlers.newsstand import ROOT, TOPIC, Newsstand, page, rss
from tests.unit.crawlers.spellings import NAMES, SPELLINGS, in_header, in_markup, spelled

HOST = "127.0.7.1"
"""The only address that is allowed: a public site in the tests below."""
Answer = Callable[[str, str], tuple[int, dict[str, str], bytes]]
"""What a site answers to a host (with its port) and a path: status, headers, body."""


@contextmanager
def public_site(answer: Answer) -> Iterator[int]:
    """Serve on the allowed address; every answer ends its connection, so that each request resolves its name anew."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = answer(self.headers.get("Host", ""), self.path)
            self.send_response(status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
            """Say nothing."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


class Canary:
    """Listens on the loopback addresses that must not be reached, IPv4 and IPv6, on one port; counts who came."""

    def __init__(self) -> None:
        self.visitors = 0
        four = socket.create_server(("127.0.0.1", 0))
        self.port: int = four.getsockname()[1]
        self._listening = [four]
        with suppress(OSError):  # a machine without IPv6 on loopback: nothing is there to be reached
            self._listening.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))
        for listener in self._listening:
            threading.Thread(target=self._count, args=(listener,), daemon=True).start()

    def _count(self, listener: socket.socket) -> None:
        while True:
            try:
                visitor, _ = listener.accept()
            except OSError:
                return
            self.visitors += 1
            visitor.close()

    def close(self) -> None:
        """Give the port back."""
        for listener in self._listening:
            listener.close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    """What must not be reached."""
    canary = Canary()
    yield canary
    canary.close()


def watch(newsstand: Newsstand, names: dict[str, list[list[str]]], folder: Path) -> tuple[set[str], dict[str, Any]]:
    """Crawl every source with the allowed address open; return the addresses connected to, and the passes by source."""
    connections = folder / "connections"
    connections.touch()
    options = {"delay": 0.001, "most_entries": 1000, "timeout": 5.0, "source_seconds": 900.0, "ways_seconds": 300.0}
    command = [sys.executable, "-m", "tests.unit.crawlers.crawl_watched", str(connections), json.dumps(names)]
    command += [str(newsstand.folder), str(newsstand.ledger), "--allow", f"{HOST}/32", "--options", json.dumps(options)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    passes = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return set(connections.read_text(encoding="utf-8").split()), {one["source"]: one for one in passes}


def feed_of(links: list[str]) -> bytes:
    """Return a feed with an entry for each link."""
    return rss(*({"title": f"Talks {n}", "link": in_markup(link)} for n, link in enumerate(links)))


def by_link(targets: list[str]) -> tuple[dict[str, str], Answer]:
    """Each is the link of an entry."""
    return {"feed": "/feed"}, lambda host, path: (200, {}, feed_of(targets) if path == "/feed" else b"")


def by_redirect(targets: list[str]) -> tuple[dict[str, str], Answer]:
    """Each is where a page sends the visitor on to."""

    def answer(host: str, path: str) -> tuple[int, dict[str, str], bytes]:
        if path == "/feed":
            return 200, {}, feed_of([f"/go/{n}" for n in range(len(targets))])
        if not path.startswith("/go/"):
            return 404, {}, b""
        return 302, {"Location": in_header(targets[int(path.rpartition("/")[2])])}, b""

    return {"feed": "/feed"}, answer


def by_refresh(targets: list[str]) -> tuple[dict[str, str], Answer]:
    """Each is where a page's markup sends the visitor on to."""

    def answer(host: str, path: str) -> tuple[int, dict[str, str], bytes]:
        if path == "/feed":
            return 200, {}, feed_of([f"/go/{n}" for n in range(len(targets))])
        if not path.startswith("/go/"):
            return 404, {}, b""
        target = in_markup(targets[int(path.rpartition("/")[2])])
        return 200, {}, f'<html><head><meta http-equiv="refresh" content="0; url={target}"></head></html>'.encode()

    return {"feed": "/feed"}, answer


def by_robots(targets: list[str]) -> tuple[dict[str, str], Answer]:
    """Each is where the robots.txt of a site of its own sends the visitor on to."""

    def answer(host: str, path: str) -> tuple[int, dict[str, str], bytes]:
        name, _, port = host.partition(".test:")
        if path == "/feed":
            return 200, {}, feed_of([f"http://r{n}.test:{port}/a" for n in range(len(targets))])
        if path == "/robots.txt" and name != "public":
            return 302, {"Location": in_header(targets[int(name.removeprefix("r"))])}, b""
        return 404, {}, b""

    return {"feed": "/feed"}, answer


def by_sitemap(targets: list[str]) -> tuple[dict[str, str], Answer]:
    """Each is the address of a page in a sitemap, of a map in an index, and where a map sends the visitor on to."""
    head = '<?xml version="1.0"?><{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{1}</{0}>'
    locations = "".join(f"<{{0}}><loc>{in_markup(target)}</loc></{{0}}>" for target in targets)

    def answer(host: str, path: str) -> tuple[int, dict[str, str], bytes]:
        if path == "/map":
            own = "<sitemap><loc>/pages</loc></sitemap>"
            return 200, {}, head.format("sitemapindex", own + locations.format("sitemap")).encode()
        return (
            (200, {}, head.format("urlset", locations.format("url")).encode()) if path == "/pages" else (404, {}, b"")
        )

    return {"news_sitemap": "/map"}, answer


def by_listing(targets: list[str]) -> tuple[dict[str, str], Answer]:
    """Each is a link of a listing."""
    links = "".join(f'<li><a href="{in_markup(target)}">Talks {n}</a></li>' for n, target in enumerate(targets))
    return {"listing": "/list", "links": "li a"}, lambda host, path: (200, {}, f"<ul>{links}</ul>".encode())


def by_canonical(targets: list[str]) -> tuple[dict[str, str], Answer]:
    """Each is what a page on the topic claims as its address, in four places."""

    def answer(host: str, path: str) -> tuple[int, dict[str, str], bytes]:
        if path == "/feed":
            return 200, {}, feed_of([f"/a/{n}" for n in range(len(targets))])
        if not path.startswith("/a/"):
            return 404, {}, b""
        number = int(path.rpartition("/")[2])
        claim = in_markup(targets[number])
        head = f'<link rel="canonical" href="{claim}"><meta property="og:url" content="{claim}">'
        head += f'<base href="{claim}"><link rel="amphtml" href="{claim}"><link rel="next" href="{claim}">'
        body = page(
            f"Talks {number}", f"Delegates met on day {number} to talk about {TOPIC}, officials said.", head=head
        )
        return 200, {}, body

    return {"feed": "/feed"}, answer


WAYS = [by_link, by_redirect, by_refresh, by_robots, by_sitemap, by_listing, by_canonical]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_spelling_leads_out_of_bounds(
    way: Callable[[list[str]], tuple[dict[str, str], Answer]], canary: Canary, newsstand: Newsstand, tmp_path: Path
) -> None:
    """Every spelling by this way: no connection but to the allowed address, and nobody comes to the canary."""
    targets = spelled(canary.port)
    assert len(targets) >= 60
    find, answer = way(targets)
    names = {"public.test": [[HOST]], **NAMES, **{f"r{n}.test": [[HOST]] for n in range(len(targets))}}
    with public_site(answer) as port:
        root = f"http://public.test:{port}"
        newsstand.add("site", {kind: f"{root}{value}" if kind != "links" else value for kind, value in find.items()})
        connected, passes = watch(newsstand, names, tmp_path)
    assert connected == {HOST}
    assert canary.visitors == 0
    assert passes["site"]["found"] > len(targets) / 2
    assert all(article["url"].startswith(root) for article in newsstand.articles())


def test_no_feed_address_leads_out_of_bounds(canary: Canary, newsstand: Newsstand, tmp_path: Path) -> None:
    """As the address of a feed each is refused in the file, or where its name is resolved."""
    accepted = 0
    for number, target in enumerate(spelled(canary.port)):
        newsstand.add(f"s{number}", {"feed": target})
        try:
            load_source(newsstand.folder / f"s{number}.yml")
            accepted += 1
        except ConfigurationError:
            (newsstand.folder / f"s{number}.yml").unlink()
    connected, passes = watch(newsstand, NAMES, tmp_path)
    assert len(passes) == accepted > 30
    assert connected == set()
    assert canary.visitors == 0
    assert {one["state"] for one in passes.values()} == {"unreachable"}


def test_a_name_that_changes_or_mixes_its_addresses_gains_nothing(
    canary: Canary, newsstand: Newsstand, tmp_path: Path
) -> None:
    """Rebinding: the first answer public, the next private. Mixed: both at once. Only the public one is asked."""
    names = {"rebind.test": [[HOST], ["127.0.0.1"]], "mixed.test": [["127.0.0.1", HOST, "::1", "10.0.0.1"]]}
    body = page("Talks", f"Delegates met to go on with their talks about {TOPIC}, officials said on Friday evening.")

    def answer(host: str, path: str) -> tuple[int, dict[str, str], bytes]:
        if path == "/feed":
            return 200, {}, feed_of([f"http://{host}/a/1"])
        return (200, {}, body) if path.startswith("/a/") else (404, {}, b"")

    with public_site(answer) as port:
        newsstand.add("rebind", {"feed": f"http://rebind.test:{port}/feed"})
        newsstand.add("mixed", {"feed": f"http://mixed.test:{port}/feed"})
        connected, passes = watch(newsstand, names, tmp_path)
    assert connected == {HOST}
    assert canary.visitors == 0
    assert passes["mixed"]["stored"] == 1
    assert passes["rebind"]["stored"] == 0


def test_the_watch_sees_connections(canary: Canary, newsstand: Newsstand, tmp_path: Path) -> None:
    """The proof of the proof: where loopback is allowed, the canary is reached, and the file names its address."""
    newsstand.add("open", {"feed": f"http://127.0.0.1:{canary.port}/feed"})
    connections = tmp_path / "connections"
    command = [sys.executable, "-m", "tests.unit.crawlers.crawl_watched", str(connections), "{}"]
    command += [str(newsstand.folder), str(newsstand.ledger), "--allow", "127.0.0.0/8"]
    subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    assert "127.0.0.1" in connections.read_text(encoding="utf-8").split()
    assert canary.visitors > 0


def test_enough_spellings_are_tried() -> None:
    """At least sixty, by seven ways and more."""
    assert len(set(SPELLINGS)) >= 60
    assert len(WAYS) + 1 >= 7
