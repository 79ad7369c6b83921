"""Passes that run at the same time over one ledger, on SQLite and on a real PostgreSQL."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.reliability.standing import compare, compare_mails
from tests.reliability.world import SITES, Worlds, open_worlds
from tests.servers.postgresql import own_database, running_postgresql


def on_sqlite(seed: int, long: bool) -> dict[str, Any]:
    """Two and four passes at once, over a file."""
    with open_worlds(sites=SITES if long else SITES[:2]) as worlds:
        return _together(worlds, None, seed, long=long)


def on_postgresql(seed: int, long: bool) -> dict[str, Any]:
    """Two and four passes at once, over a database of their own each time."""
    with running_postgresql() as server, open_worlds(sites=SITES if long else SITES[:2]) as worlds:
        return _together(worlds, server, seed, long=long)


def _together(worlds: Worlds, server: str | None, seed: int, *, long: bool) -> dict[str, Any]:
    chance = random.Random(seed)
    rounds = [2, 4, 4, 2] * 10 if long else [2]
    lost: list[str] = []
    doubled: list[str] = []
    accounted = True
    shared = 0
    with _ledger(server) as settings:
        reference = worlds.undisturbed(**settings)
    for number, passes in enumerate(rounds):
        with _ledger(server) as settings, worlds.new(**settings) as world:
            crawled = number % 2 == 0
            if crawled:  # then all meet in the later stages
                world.crawl()
            latest = 0.05 if crawled else 2.0
            made = world.run_together([chance.uniform(0.0, latest) for _ in range(passes)])
            shared += sum(_did_something(one.counts) for one in made) > 1
            world.run()
            found = world.look()
            for difference in (compare(found, reference), compare_mails(found, world.server)):
                lost += difference.lost
                doubled += difference.doubled
            accounted = accounted and world.accounted
    return {
        "rounds": len(rounds),
        "passes": sum(rounds),
        "rounds_in_which_work_was_shared": shared,
        "lost": lost,
        "doubled": doubled,
        "accounted": accounted,
        "held": not lost and not doubled and accounted,
    }


def _did_something(counts: dict[str, Any]) -> bool:
    return bool(counts["detected"]["examined"] or counts["indexed"]["indexed"] or counts["told"]["sent"])


@contextmanager
def _ledger(server: str | None) -> Iterator[dict[str, str]]:
    """The setting of a new ledger: none for the file in the watch's home."""
    if server is None:
        yield {}
        return
    with own_database(server) as url:
        yield {"LEDGER": url}
