"""A small world for one life of a watch: a newsroom, a mail server, a home, and passes over them."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.newsroom import Newsroom, load_play
from tests.newsroom.accounting import is_accounted
from tests.newsroom.watching import Watch
from tests.reliability.passing import Ended, Nursery, open_nursery
from tests.reliability.standing import Standing, look
from tests.servers.smtp import MailServer, running_mail_server

READERS: list[dict[str, Any]] = [
    {"name": f"Desk {number}", "to": f"desk-{number}@example.org", "kinds": ["vote", "statement", "milestone"]}
    for number in range(3)
]
SITES = ("neva-wire", "assembly-record", "packet-rights")


class Disturbed(AssertionError):
    """A pass that was to go through did not."""


@dataclass
class World:
    """One watch; ``accounted`` says whether every pass that printed counts accounted for every item."""

    nursery: Nursery
    newsroom: Newsroom
    server: MailServer
    watch: Watch
    accounted: bool = True
    made: list[Ended] = field(default_factory=list)

    @property
    def ledger_url(self) -> str:
        """Where its ledger is."""
        return self.watch.settings.get("LEDGER", f"sqlite:///{self.watch.home / 'ledger.sqlite'}")

    def run(self, *, failpoint: str | None = None, kill_after: float | None = None) -> Ended:
        """Make one pass from crawl to mail; it goes through, or was killed as asked."""
        ended = self.nursery.run(self.watch.environment(), "run", "--json", failpoint=failpoint, kill_after=kill_after)
        self._note(ended)
        return ended

    def crawl(self) -> None:
        """Only bring the articles into the ledger."""
        ended = self.nursery.run(self.watch.environment(), "crawl", "--json")
        if ended.status != 0:
            raise Disturbed(ended.errors[-3000:])
        self.accounted = self.accounted and all(is_accounted(one) for one in ended.lines)

    def run_together(self, starts: Sequence[float]) -> list[Ended]:
        """Make a pass for each of ``starts`` (seconds from now), each taking one article, one mail at a time."""
        job = {"environment": self.watch.environment(), "arguments": ["run", "--json"], "one_at_a_time": True}
        ended = self.nursery.run_together([job | {"start_after": start} for start in starts])
        for one in ended:
            self._note(one)
        return ended

    def look(self) -> Standing:
        """How things stand."""
        return look(self.ledger_url, self.watch.home, now=self.newsroom.tick.at)

    def _note(self, ended: Ended) -> None:
        self.made.append(ended)
        if ended.killed:
            return
        if ended.status != 0:
            raise Disturbed(f"a pass ended with {ended.status}:\n{ended.errors[-3000:]}")
        self.accounted = self.accounted and is_accounted(ended.counts)


class Worlds:
    """Makes worlds over one newsroom, each with a home and a mail server of its own."""

    def __init__(self, nursery: Nursery, newsroom: Newsroom) -> None:
        self.nursery = nursery
        self.newsroom = newsroom

    @contextmanager
    def new(self, **settings: str) -> Iterator[World]:
        """A watch that has not begun; its home is removed at the end."""
        home = Path(tempfile.mkdtemp(prefix="watch-"))
        try:
            with running_mail_server() as server:
                watch = Watch.over(self.newsroom, home, READERS, SMTP=server.url, **settings)
                yield World(self.nursery, self.newsroom, server, watch)
        finally:
            shutil.rmtree(home, ignore_errors=True)

    def undisturbed(self, **settings: str) -> Standing:
        """How things stand after one pass that nothing disturbs."""
        with self.new(**settings) as world:
            world.run()
            return world.look()


@contextmanager
def open_worlds(*, sites: Sequence[str] = SITES, tick: str = "vote") -> Iterator[Worlds]:
    """A newsroom in December 2019 with a few sites, and the process that makes passes."""
    newsroom = Newsroom(load_play("december_2019"), sites=tuple(sites))
    newsroom.advance(tick)
    with newsroom, open_nursery() as nursery:
        yield Worlds(nursery, newsroom)
