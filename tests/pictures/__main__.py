"""``python -m tests.pictures``: watches December 2019 into a real Elasticsearch, adds later years, draws.

The real command makes a pass at each tick of the play; the years after are generated. Takes a minute or two.
"""

import sys
import tempfile
from contextlib import closing
from pathlib import Path

import typer

from indexing.cluster import ClusterIndex
from indexing.dashboards import MarkdownPanel, load_dashboards
from indexing.opening import INDEX_PREFIX
from tests.end_to_end.steps import EVERYTHING
from tests.newsroom.newsroom import Newsroom
from tests.newsroom.plays import load_play
from tests.newsroom.watching import Watch
from tests.pictures.asking import ask
from tests.pictures.drawing import draw
from tests.pictures.later_years import later_documents
from tests.servers.elasticsearch import run_server
from tests.servers.elasticsearch_distribution import ServerMissing, find_java, install_server

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
STEPS = {"votes": "1y", "statements": "1y", "operations": "1d"}
"""How long a span of time is, where it is not a month."""


def main() -> None:
    """Play, ask, draw."""
    try:
        java = find_java(minimum=21)
        home = install_server(java)
    except ServerMissing as missing:
        sys.exit(f"No pictures: {missing}")
    with run_server(home, java) as server, tempfile.TemporaryDirectory() as folder:
        watch_december(server.url, Path(folder))
        add_later_years(server.url)
        draw_all(server.url, FOLDER)


def watch_december(url: str, home: Path) -> None:
    """Make a pass at each tick of the play, with the index at ``url``."""
    newsroom = Newsroom(load_play("december_2019"))
    with newsroom:
        watch = Watch.over(newsroom, home, EVERYTHING, INDEX=url)
        watch.run()
        while not newsroom.finished:
            typer.echo(f"{newsroom.advance().at:%Y-%m-%d}")
            watch.run()


def add_later_years(url: str) -> None:
    """Put what the generator makes beside what was watched."""
    with closing(ClusterIndex.connect(url, api_key=None, ca=None, prefix=INDEX_PREFIX)) as index:
        refused = [putting for putting in index.put(later_documents()) if putting.state != "indexed"]
    if refused:
        sys.exit(f"Elasticsearch takes not all documents: {refused[0]}")


def draw_all(url: str, folder: Path) -> None:
    """Draw every dashboard over the indices at ``url``, a file each."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(ClusterIndex.connect(url, api_key=None, ca=None, prefix=INDEX_PREFIX)) as index:
        index.refresh()
        for key, dashboard in load_dashboards().items():
            asked = [panel for panel in dashboard.panels if not isinstance(panel, MarkdownPanel)]
            name = key.removeprefix(f"{INDEX_PREFIX}-")
            step = STEPS.get(name, "1M")
            answers = {panel.id: ask(index.client, INDEX_PREFIX, dashboard, panel, step) for panel in asked}
            file = folder / f"{name}.svg"
            file.write_text(draw(dashboard, answers, step), encoding="utf-8")
            typer.echo(f"{file} ({file.stat().st_size >> 10} KiB)")


if __name__ == "__main__":
    main()
