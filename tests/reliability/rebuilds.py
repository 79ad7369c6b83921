"""``kill -9`` for writers and rebuilds of the index at random moments, while somebody searches all the time."""

import os
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from indexing.opening import INDEX_PREFIX, Index, open_index
from indexing.rebuilding import verify
from indexing.searching import SearchRequest
from ledger.opening import Ledger, open_ledger
from records.errors import IndexUnreachable
from tests.bench.filling import fill_in_bulk
from tests.bench.happenings import report
from tests.bench.press import BEGINNING, print_articles
from tests.reliability.passing import Ended, Nursery, open_nursery
from tests.servers.elasticsearch import running_elasticsearch

NOW = BEGINNING + timedelta(days=30)
SOME = 12
"""Articles that come in before each attempt: what the writers have to do."""


def of_the_built_in_index(seed: int, long: bool) -> dict[str, Any]:
    """Twenty kills, or two, on the built-in index."""
    return _kill("embedded", seed, long)


def on_elasticsearch(seed: int, long: bool) -> dict[str, Any]:
    """The same on a real Elasticsearch."""
    with running_elasticsearch() as server:
        with _opened(server.url, Path()) as index:
            _remove_all(index)
        try:
            return _kill(server.url, seed, long)
        finally:
            with _opened(server.url, Path()) as index:
                _remove_all(index)


@dataclass(slots=True)
class _Seen:
    """What the trial saw; ``fewer`` and ``failed`` are what the reader must never see."""

    kills: dict[str, int] = field(default_factory=lambda: {"writer": 0, "rebuild": 0})
    rebuilt: int = 0
    searches: int = 0
    fewer: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    disagreed: list[str] = field(default_factory=list)
    postponed: int = 0


def _kill(target: str, seed: int, long: bool) -> dict[str, Any]:
    chance = random.Random(seed)
    wanted, articles = (20, 1_000) if long else (2, 60)
    seen = _Seen()
    with tempfile.TemporaryDirectory(prefix="rebuilds-") as folder, open_nursery() as nursery:
        trial = _Trial(nursery, Path(folder), target, seen)
        trial.arrive(articles)
        trial.run(["index"])
        whole = trial.rebuild_once()
        with trial.reading():
            longest = dict.fromkeys(seen.kills, 0.8 * whole)
            for attempt in range(wanted * 4):
                if sum(seen.kills.values()) >= wanted:
                    break
                trial.arrive(SOME)
                victim = "writer" if seen.kills["writer"] < seen.kills["rebuild"] else "rebuild"
                if not trial.disturb(victim, chance.uniform(0.05, 1.0) * longest[victim]):
                    longest[victim] /= 2  # it was done before: the first rebuild was slower than those that follow
                trial.check(f"attempt {attempt}")
            trial.rebuild_once()
            trial.check("at the end")
    wrong = seen.fewer or seen.failed or seen.disagreed or sum(seen.kills.values()) < wanted or not seen.searches
    return {
        "articles": trial.articles,
        "kills": seen.kills,
        "rebuilt": seen.rebuilt,
        "searches": seen.searches,
        "fewer": seen.fewer,
        "failed": seen.failed,
        "disagreed": seen.disagreed,
        "postponed": seen.postponed,
        "held": not wrong,
    }


class _Trial:
    """A ledger, an index, and commands over them; some die."""

    def __init__(self, nursery: Nursery, home: Path, target: str, seen: _Seen) -> None:
        self.nursery = nursery
        self.home = home
        self.target = target
        self.seen = seen
        self.articles = 0
        self.url = f"sqlite:///{home / 'ledger.sqlite'}"

    def arrive(self, count: int) -> None:
        """Articles, some with developments, that the index has not had."""
        with self._ledger() as ledger:
            fill_in_bulk(ledger, report(print_articles(count, first=self.articles), exact=True, seed=self.articles))
        self.articles += count

    def run(self, *jobs: list[str], die: str | None = None, after: float | None = None) -> list[Ended]:
        """Run commands at the same time; the one that rebuilds, or the other, dies after some seconds."""
        asked: list[dict[str, Any]] = []
        for arguments in jobs:
            doomed = die == ("rebuild" if "--rebuild" in arguments else "writer")
            moment = after if doomed else None
            asked.append({"environment": self._environment(), "arguments": arguments, "kill_after": moment})
        return self.nursery.run_together(asked)

    def rebuild_once(self) -> float:
        """Make one whole rebuild; return the seconds that it took."""
        began = time.monotonic()
        (ended,) = self.run(["index", "--rebuild"])
        assert ended.status == 0, ended.errors
        self.seen.rebuilt += 1
        return time.monotonic() - began

    def disturb(self, victim: str, after: float) -> bool:
        """A writer and a rebuild at once, one of which is to die, which is returned; the other must go through."""
        writer, rebuilder = self.run(["index", "--json"], ["index", "--rebuild"], die=victim, after=after)
        killed = (writer if victim == "writer" else rebuilder).killed
        self.seen.kills[victim] += killed
        self.seen.rebuilt += rebuilder.status == 0
        for ended in (writer, rebuilder):
            if ended.status not in (0, -9):
                self.seen.failed.append(ended.errors[-500:])
        if writer.status == 0:
            self.seen.postponed += writer.counts["postponed"]
        return killed

    def check(self, when: str) -> None:
        """Bring the index up to date, which needs no rebuild, and compare all of it with the ledger."""
        self.run(["index"])
        with self._ledger() as ledger, _opened(self.target, self.home) as index:
            found = verify(ledger, index)
        if not found.agrees:
            self.seen.disagreed.append(f"{when}: {found}")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Search all the time, and note whenever fewer articles are found than were found before."""
        ended = threading.Event()
        reader = threading.Thread(target=self._read, args=(ended.is_set,))
        reader.start()
        try:
            yield
        finally:
            ended.set()
            reader.join()

    def _read(self, ended: Callable[[], bool]) -> None:
        most = 0
        with _opened(self.target, self.home) as index:
            while not ended():
                try:
                    found = index.search(SearchRequest(limit=1)).total
                except IndexUnreachable as error:
                    self.seen.failed.append(f"a search: {error}")
                    continue
                if found < most:
                    self.seen.fewer.append(f"{found} after {most}")
                most = max(most, found)
                self.seen.searches += 1
                time.sleep(0.1)

    @contextmanager
    def _ledger(self) -> Iterator[Ledger]:
        ledger = open_ledger(self.url, now=NOW)
        try:
            yield ledger
        finally:
            ledger.close()

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CONVENTION_WATCH_")}
        given = {"HOME": str(self.home), "LEDGER": self.url, "INDEX": self.target, "AS_OF": _text(NOW)}
        return kept | {f"CONVENTION_WATCH_{name}": value for name, value in given.items()}


def _text(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


@contextmanager
def _opened(target: str, home: Path) -> Iterator[Index]:
    index = open_index(target, home=home)
    try:
        yield index
    finally:
        index.close()


def _remove_all(index: Any) -> None:
    found = index.client.indices.get(index=f"{INDEX_PREFIX}-*", features="aliases")
    if found:
        index.client.indices.delete(index=list(found))
