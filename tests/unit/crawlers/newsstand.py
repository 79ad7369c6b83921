"""Sources, a ledger, and crawls of them in processes of their own, because Scrapy's engine runs once per process."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import create_engine, text

from tests.newsroom.accounting import is_accounted

ROOT = Path(__file__).parents[3]
TOPIC = "the United Nations convention against cybercrime"


class Newsstand:
    """A folder of source files and a ledger beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "sources"
        self.folder.mkdir()
        self.ledger = folder / "ledger.sqlite"

    def add(self, name: str, *ways: dict[str, str], **changes: Any) -> None:
        """Write the file of a source that is found by ``ways``."""
        source: dict[str, Any] = {
            "name": name.title(),
            "homepage": "https://example.org/",
            "publisher": name,
            "country": "INT",
            "languages": ["en"],
            "state_media": False,
            "find": list(ways),
            "expects_per_week": 5,
        }
        (self.folder / f"{name}.yml").write_text(yaml.safe_dump(source | changes), encoding="utf-8")

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """Start a crawl of every source."""
        command = [sys.executable, "-m", "tests.unit.crawlers.crawl_once", str(self.folder), str(self.ledger)]
        return subprocess.Popen(
            [*command, *arguments, "--options", json.dumps(options)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def crawl(self, *arguments: str, **options: Any) -> dict[str, dict[str, Any]]:
        """Crawl every source; return what became of each, by its id."""
        return self.finish(self.start(*arguments, **options))

    def finish(self, process: subprocess.Popen[str]) -> dict[str, dict[str, Any]]:
        """Wait for a crawl to end; return what became of each source, by its id."""
        out, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        passes = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
        for one in passes:
            assert is_accounted(one), one
        return {one["source"]: one for one in passes}

    def articles(self) -> list[dict[str, Any]]:
        """The current version of every article in the ledger."""
        query = (
            "select a.source, a.url, a.origin, a.version, v.* from articles a"
            " join versions v on v.article = a.id and v.version = a.version order by a.number"
        )
        engine = create_engine(f"sqlite:///{self.ledger}")
        try:
            with engine.connect() as conn:
                return [dict(row) for row in conn.execute(text(query)).mappings()]
        finally:
            engine.dispose()


def rss(*items: dict[str, str]) -> bytes:
    """Return an RSS feed of items, each a mapping of element to text."""
    parts = ("".join(f"<{name}>{value}</{name}>" for name, value in item.items()) for item in items)
    body = "".join(f"<item>{part}</item>" for part in parts)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{body}</channel></rss>'.encode()


def page(title: str, *paragraphs: str, head: str = "", around: str = "") -> bytes:
    """Return an article's page, with ``around`` beside the article."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f"<nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{text}</article>{around}</body></html>"
    ).encode()


def report(number: int = 1) -> bytes:
    """Return the page of a report on the topic, different for each number."""
    return page(
        f"Delegates take up report {number} on cybercrime",
        f"Delegates met on day {number} of the session to go on with their talks about {TOPIC}, officials said.",
        f"The chair of group {number} expected the work on chapter {number} to last until the evening at least.",
    )
