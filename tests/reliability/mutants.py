"""Feeds and pages damaged at random, read as a worker reads them: none may raise, hang, or lose an item silently."""

import json
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from crawlers.reading.jobs import Job, JobKind, do_job
from tests.reliability.seeds import SEEDS, TOKENS

FEEDS, PAGES = 100_000, 20_000
NOW = datetime(2026, 11, 24, tzinfo=UTC)
SECONDS = 10  # of processor time, after which a worker would be killed
TYPES = (None, "text/xml", "application/rss+xml; charset=utf-8", "text/html; charset=windows-1251", "text/html")


class TooSlow(Exception):
    """A mutant took more processor time than a worker is given."""


def of_feeds(seed: int, long: bool) -> dict[str, Any]:
    """RSS, Atom, RDF, JSON Feed, sitemaps and listings, 100,000 in the long form: each read, or named as what it is."""
    return _try(seed, FEEDS if long else 500, ("feed", "news_sitemap", "listing"))


def of_pages(seed: int, long: bool) -> dict[str, Any]:
    """Pages in six charsets, 20,000 in the long form."""
    return _try(seed, PAGES if long else 100, ("page",))


def _try(seed: int, count: int, kinds: tuple[JobKind, ...]) -> dict[str, Any]:
    chance = random.Random(seed)
    seeds = [(kind, body) for kind, body in SEEDS if kind in kinds]
    seen: Counter[str] = Counter()
    uncaught: Counter[str] = Counter()
    slowest = 0.0
    for number in range(count):
        kind, body = chance.choice(seeds)
        mutant = mutate(body, chance.choice(seeds)[1], chance)
        job = Job(kind, "https://example.org/here", chance.choice(TYPES), NOW, links="li a" if number % 2 else "a")
        began = time.process_time()
        try:
            with _deadline():
                seen[_outcome(json.loads(do_job(job, mutant)))] += 1
        except Exception as error:  # noqa: BLE001 - what is counted here is whatever comes
            uncaught[f"{kind}: {type(error).__name__}: {error}"[:200]] += 1
        slowest = max(slowest, time.process_time() - began)
    silent = seen.pop("silent", 0)
    return {
        "mutants": count,
        "outcomes": dict(seen.most_common()),
        "uncaught": dict(uncaught.most_common(20)),
        "silent": silent,
        "slowest_cpu_seconds": round(slowest, 2),
        "held": not uncaught and not silent,
    }


def _outcome(answer: dict[str, Any]) -> str:
    """Return what became of a mutant; ``silent`` when nothing came out of it and no word says why."""
    if answer.get("problem"):
        return str(answer["problem"])
    return "read" if answer.get("entries") or answer.get("dropped") or answer.get("text") else "silent"


def mutate(body: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return a document damaged in one to six places."""
    damaged = bytearray(body)
    for _ in range(chance.randint(1, 6)):
        chance.choice(_WAYS)(damaged, other, chance)
    return bytes(damaged)


def _insert(body: bytearray, other: bytes, chance: random.Random) -> None:
    where = chance.randrange(len(body) + 1)
    body[where : where + chance.choice((0, 0, 1, 30))] = chance.choice(TOKENS)


def _flip(body: bytearray, other: bytes, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        if body:
            body[chance.randrange(len(body))] = chance.randrange(256)


def _cut(body: bytearray, other: bytes, chance: random.Random) -> None:
    where = chance.randrange(len(body) + 1)
    del body[where : where + chance.choice((1, 5, 100, 10_000))]


def _repeat(body: bytearray, other: bytes, chance: random.Random) -> None:
    where = chance.randrange(len(body) + 1)
    body[where:where] = bytes(body[where : where + chance.randint(1, 60)]) * chance.choice((1, 2, 20))


def _splice(body: bytearray, other: bytes, chance: random.Random) -> None:
    where, begin = chance.randrange(len(body) + 1), chance.randrange(len(other))
    body[where:where] = other[begin : begin + chance.randint(1, 500)]


_WAYS: tuple[Callable[[bytearray, bytes, random.Random], None], ...] = (
    _insert, _insert, _insert, _flip, _cut, _repeat, _splice,
)  # fmt: skip


@contextmanager
def _deadline() -> Iterator[None]:
    def end(*_: object) -> None:
        raise TooSlow(f"more than {SECONDS} s of processor time")

    signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
