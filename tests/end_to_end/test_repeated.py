"""A site that carries one box under every article, in a pass of the real command: only the article itself is told."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import create_engine, text

from tests.newsroom.exchanges import Reply, Request, RequestLog
from tests.newsroom.serving import close_servers, open_servers
from tests.newsroom.street import DATE, source_at
from tests.newsroom.watching import COMMAND
from tests.unit.crawlers.newsstand import page, rss

BOX = "UN adopts cybercrime convention by 79 votes to 60"
TEASER = "The General Assembly adopted the convention against cybercrime by 79 votes to 60, with 33 abstentions."
OTHERS = {
    "/a/1": (
        "Harbour opens after the storm",
        "Ships left the harbour of Rotterdam on Friday, two days after the storm.",
    ),
    "/a/2": ("Ministers meet in Geneva", "Ministers of health met in Geneva on Friday to speak of the coming winter."),
    "/a/3": (
        "A new bridge for Lyon",
        "Engineers in Lyon have begun to build the bridge that was planned for ten years.",
    ),
    "/a/4": ("Teachers ask for more pay", "Teachers in four cities stopped work on Friday and asked for more pay."),
}
TRUE = "/a/5"


def answer(request: Request) -> Reply | None:
    """Answer as the site: five articles, each with the box and its teaser among its paragraphs."""
    html = (("Content-Type", "text/html; charset=utf-8"),)
    if request.path == "/rss":
        items = [{"title": title, "link": path, "pubDate": DATE} for path, (title, _) in OTHERS.items()]
        items.append({"title": BOX, "link": TRUE, "pubDate": DATE})
        return Reply(200, (("Content-Type", "application/rss+xml"),), rss(*items))
    if request.path == TRUE:
        more = "Diplomats embraced each other in the hall, and left it for the holidays soon afterwards."
        return Reply(200, html, page(BOX, TEASER, more, BOX, TEASER))
    if request.path in OTHERS:
        title, lead = OTHERS[request.path]
        more = f"Nobody could say on {title.split()[0]} how long that would last, and what it would cost in the end."
        return Reply(200, html, page(title, lead, more, BOX, TEASER))
    return Reply(404, (("Content-Type", "text/plain"),), b"")


@pytest.fixture(scope="module")
def watch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, str]]]:
    """A watch after one pass over the site, and the environment of its command."""
    home = tmp_path_factory.mktemp("repeated")
    (home / "sources").mkdir()
    servers = open_servers({"repeating": "127.0.4.1"}, 0, answer, {"repeating": RequestLog("repeating")})
    root = f"http://127.0.4.1:{servers['repeating'].server_address[1]}"
    (home / "sources" / "repeating.yml").write_text(yaml.safe_dump(source_at("repeating", root)))
    reader = {"name": "All", "to": "reader@example.org", "kinds": ["vote", "statement"], "delivery": "immediate"}
    (home / "subscriptions.yml").write_text(yaml.safe_dump([reader]))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CONVENTION_WATCH_")}
    given = {
        "HOME": home,
        "SOURCES": home / "sources",
        "ALLOW_NETWORKS": "127.0.0.0/8",
        "AS_OF": "2019-12-28T09:00:00Z",
    }
    environment = kept | {f"CONVENTION_WATCH_{name}": str(value) for name, value in given.items()}
    try:
        called(environment, "run")
        yield home, environment
    finally:
        close_servers(servers)


def called(environment: dict[str, str], *arguments: str) -> list[dict[str, Any]]:
    """Return what the command prints, a line each."""
    done = subprocess.run(
        [COMMAND, *arguments, "--json"], env=environment, capture_output=True, check=True, timeout=240
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_box_is_no_finding_of_the_articles_it_stands_under(watch: tuple[Path, dict[str, str]]) -> None:
    """One vote, seen on the page that is about it; the other four are in the ledger, with why they say nothing."""
    home, environment = watch
    seen = [one for one in called(environment, "developments") if one["sightings"]]
    [vote] = seen
    assert [sighting["url"].rpartition(":")[2].partition("/")[2] for sighting in vote["sightings"]] == ["a/5"]
    engine = create_engine(f"sqlite:///{home / 'ledger.sqlite'}")
    with engine.connect() as conn:
        rows = conn.execute(
            text("select a.url, e.on_topic, e.because from examinations e join articles a on a.id = e.article")
        )
        examined = {url[-1]: (bool(on_topic), "left out: 2 of its lines" in because) for url, on_topic, because in rows}
    engine.dispose()
    assert examined == {
        "1": (False, True),
        "2": (False, True),
        "3": (False, True),
        "4": (False, True),
        "5": (True, False),
    }


def test_a_replay_reads_them_alike(watch: tuple[Path, dict[str, str]]) -> None:
    """What a site repeats is told by what came before or together, so that nothing differs the next time."""
    assert called(watch[1], "replay") == []
