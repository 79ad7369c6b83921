"""Searches as readers make them, timed one by one on an index, beside the bare database on the same words."""

import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexing.embedded_words import match_expression
from indexing.equivalents import read_query
from indexing.index import Index
from indexing.searching import Facet, SearchRequest
from tests.bench.press import BEGINNING

FACETS: tuple[Facet, ...] = ("language", "source", "publisher", "kinds", "states", "speakers")
QUERIES = (
    "cybercrime convention", '"general assembly"', "vote abstentions", "ratif*", "human rights -journalists",
    "treaty | convention", "Krutskikh", "UN cybercrime treaty signature", '"ad hoc committee" delegates',
    "киберпреступность конвенция", "резолюция голосов", "convention cybercriminalité", "l'assemblée générale",
    "convención ciberdelincuencia", "votos abstenciones", "الجريمة الإلكترونية", "اتفاقية الأمم المتحدة",
    "网络犯罪公约", "联合国大会", "Konvention Cyberkriminalität", "convenção cibercrime", "evidence sharing police",
    "(sign* | ratif*) -vote", "minister said",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of many searches, one by one. CPU time is our process's alone; a server's is in the wall time."""

    name: str
    searches: int
    hits: int
    cpu_p50: float
    cpu_p95: float
    wall_p50: float
    wall_p95: float


def requests() -> list[SearchRequest]:
    """Each query plain, with filters, and with all facets; and without a word, as the first page of a desk."""
    since = BEGINNING.replace(month=9)
    made = []
    for query in ("", *QUERIES):
        made += [
            SearchRequest(query),
            SearchRequest(query, kinds=("statement",), since=since, order="newest"),
            SearchRequest(query, states=("Russia", "FR"), languages=("en", "ru"), facets=FACETS),
            SearchRequest(query, publishers=("house-3", "house-4"), collapse=True, facets=("kinds", "language")),
        ]
    return made


def time_searches(index: Index, name: str, *, rounds: int = 2) -> Timing:
    """Time every request on an index; the first round, which warms caches, does not count."""
    asked = requests()
    for request in asked:
        index.search(request)
    return _time(name, asked * rounds, lambda request: index.search(request).total)


def time_bare_words(file: Path, name: str) -> Timing:
    """Time the same words in the bare FTS5 table: the first twenty by rank, without filters, facets or texts."""
    expressions = [match_expression(query) for one in QUERIES if (query := read_query(one)) is not None]
    with sqlite3.connect(file) as conn:

        def ask(expression: str) -> int:
            ranked = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 20"
            return len(conn.execute(ranked, (expression,)).fetchall())

        timing = _time(name, expressions * 3, ask)
    conn.close()
    return timing


def _time(name: str, asked: Sequence[Any], ask: Callable[[Any], int]) -> Timing:
    cpu, wall = [], []
    hits = 0
    for one in asked:
        before, began = time.process_time(), time.monotonic()
        hits += ask(one)
        cpu.append((time.process_time() - before) * 1000)
        wall.append((time.monotonic() - began) * 1000)
    share = [round(_at(values, part), 2) for values in (cpu, wall) for part in (0.5, 0.95)]
    return Timing(name, len(asked), hits, *share)


def _at(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]
