"""The fault street: one small site for each fault, side by side with a good one, all visited in one pass."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import yaml

from tests.newsroom.exchanges import Reply, Request, RequestLog
from tests.newsroom.faults import load_fault
from tests.newsroom.serving import close_servers, open_servers
from tests.unit.crawlers.newsstand import report, rss

GOOD = "good"
DATE = "Fri, 27 Dec 2019 23:10:00 GMT"
PAGES = (1, 2)


def honest(request: Request) -> Reply:
    """Return what a site without a fault answers: robots.txt, a feed of two entries, their pages."""
    items = [{"title": f"Talks {n}", "link": f"/a/{n}", "pubDate": DATE} for n in PAGES]
    pages = {
        "/robots.txt": ("text/plain", b"User-agent: *\nDisallow: /private\n"),
        "/rss": ("application/rss+xml", rss(*items)),
    } | {f"/a/{n}": ("text/html; charset=utf-8", report(n).replace(b"group", request.site.encode())) for n in PAGES}
    if request.path not in pages:
        return Reply(404, (("Content-Type", "text/plain"),), b"not here")
    kind, body = pages[request.path]
    return Reply(200, (("Content-Type", kind),), body)


@contextmanager
def open_street(faults: Sequence[str], folder: Path, *, good: int = 1) -> Iterator[dict[str, RequestLog]]:
    """Serve ``good`` good sites and one for each fault, write their source files into ``folder``; give logs by site."""
    sites = (GOOD, *(f"{GOOD}_{number}" for number in range(2, good + 1)), *faults)
    loaded = {name: load_fault(name) for name in faults}
    logs = {name: RequestLog(name) for name in sites}
    addresses = {name: f"127.0.3.{number}" for number, name in enumerate(sites, start=1)}

    def answer(request: Request) -> Reply | None:
        fault = loaded.get(request.site)
        return honest(request) if fault is None else fault(request, honest(request))

    servers = open_servers(addresses, 0, answer, logs)
    port = servers[GOOD].server_address[1]
    folder.mkdir(parents=True)
    for name, address in addresses.items():
        (folder / f"{name.replace('_', '-')}.yml").write_text(
            yaml.safe_dump(source_at(name, f"http://{address}:{port}"))
        )
    try:
        yield logs
    finally:
        close_servers(servers)


def source_at(name: str, root: str) -> dict[str, object]:
    """Return the file of a source whose feed is at ``root``."""
    return {
        "name": name,
        "homepage": root,
        "publisher": name.replace("_", "-"),
        "country": "INT",
        "languages": ["en", "ru"],
        "state_media": False,
        "find": [{"feed": f"{root}/rss"}],
        "expects_per_week": 5,
    }
