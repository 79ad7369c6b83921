"""Measures passes of the real command over a web of our own, and the bare libraries on the same pages."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.bench.measuring import Measured, RunFailed, measure
from tests.bench.web import host_addresses

COMMAND = Path(sys.executable).with_name("convention-watch")
NOW = "2019-12-28T09:00:00Z"
AN_HOUR_LATER = "2019-12-28T10:00:00Z"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report: ``items`` pages or articles in one run, beside what it took."""

    name: str
    items: int
    took: Measured

    def as_json(self) -> dict[str, object]:
        """Return the row as it is printed."""
        return {
            "name": self.name,
            "items": self.items,
            "cpu_seconds": round(self.took.cpu_seconds, 2),
            "wall_seconds": round(self.took.wall_seconds, 2),
            "items_per_cpu_second": round(self.items / self.took.cpu_seconds, 1),
            "items_per_second": round(self.items / self.took.wall_seconds, 1),
            "peak_process_mb": round(self.took.peak_process_mb),
            "peak_tree_mb": round(self.took.peak_tree_mb),
        }


def measure_web(folder: Path, hosts: int, pages: int, *, topic: bool) -> Iterator[Row]:
    """Yield rows for pages with or without the topic: bare libraries, first pass, unchanged pass, later stages."""
    kind = "with the topic" if topic else "without the topic"
    count = hosts * pages
    with running_web(hosts, pages, topic=topic) as port:
        yield Row(f"bare Scrapy download, {kind}", count, _download(folder, hosts, pages, port))
        yield Row(f"bare trafilatura, {kind}", count, _bare("extract", folder / "pages"))
        _write_watch(folder, hosts, port)
        first = measure([COMMAND, "crawl", "--json"], environment(folder, NOW))
        _check(first, count, "stored" if topic else "off_topic")
        yield Row(f"crawl, {kind}", count, first)
        for stage in ("detect", "index", "alert") if topic else ():
            yield Row(f"{stage}, {kind}", count, measure([COMMAND, stage, "--json"], environment(folder, NOW)))
        again = measure([COMMAND, "run", "--json"], environment(folder, AN_HOUR_LATER))
        yield Row(f"a pass over {hosts} unchanged sources, {kind}", hosts, again)


@contextmanager
def running_web(hosts: int, pages: int, *, topic: bool) -> Iterator[int]:
    """Run the web of the measurement; give its port."""
    command = [sys.executable, "-m", "tests.bench.web", "--hosts", str(hosts), "--pages", str(pages)]
    with subprocess.Popen(command + ["--topic"] * topic, stdout=subprocess.PIPE, encoding="utf-8") as child:
        assert child.stdout
        try:
            yield int(child.stdout.readline())
        finally:
            child.terminate()


def _download(folder: Path, hosts: int, pages: int, port: int) -> Measured:
    (folder / "pages").mkdir(parents=True)
    urls = [
        f"http://{host}:{port}/news/{number}.html"
        for place, host in enumerate(host_addresses(hosts))
        for number in range(place * pages, (place + 1) * pages)
    ]
    (folder / "urls.txt").write_text("\n".join(urls), encoding="utf-8")
    took = _bare("download", folder / "urls.txt", folder / "pages")
    got = len(list((folder / "pages").iterdir()))
    if got != len(urls):
        raise RunFailed(f"bare Scrapy brought {got} of {len(urls)} pages")
    return took


def _bare(*arguments: str | Path) -> Measured:
    return measure([sys.executable, "-m", "tests.bench.bare", *arguments])


def _check(took: Measured, count: int, outcome: str) -> None:
    passes = [json.loads(line) for line in took.output.splitlines()]
    reached = sum(one[outcome] for one in passes)
    if reached != count:
        raise RunFailed(f"of {count} pages {reached} came out as {outcome}: {passes[:3]}")


def _write_watch(folder: Path, hosts: int, port: int) -> None:
    sources = folder / "sources"
    sources.mkdir(parents=True)
    for number, host in enumerate(host_addresses(hosts)):
        (sources / f"host-{number}.yml").write_text(yaml.safe_dump(_source(number, host, port)), encoding="utf-8")
    asked = [{"name": "All", "to": "reader@example.org", "kinds": ["vote", "statement"], "delivery": "immediate"}]
    (folder / "subscriptions.yml").write_text(yaml.safe_dump(asked), encoding="utf-8")


def environment(folder: Path, as_of: str) -> dict[str, str]:
    """Return the environment of a command whose state is in ``folder``, at an instant that stands for now."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CONVENTION_WATCH_")}
    return {
        **kept,
        "CONVENTION_WATCH_HOME": str(folder),
        "CONVENTION_WATCH_SOURCES": str(folder / "sources"),
        "CONVENTION_WATCH_ALLOW_NETWORKS": "127.0.0.0/8",
        "CONVENTION_WATCH_AS_OF": as_of,
    }


def _source(number: int, host: str, port: int) -> dict[str, object]:
    return {
        "name": f"Host {number}",
        "homepage": f"http://{host}:{port}/",
        "publisher": f"host-{number}",
        "country": "INT",
        "languages": ["en"],
        "state_media": False,
        "find": [{"feed": f"http://{host}:{port}/feed.xml"}],
        "fetch": "all",
        "every": "15m",
        "expects_per_week": 0,
    }
