"""Ledger, indices and searches at a size: how fast an index is filled and compared, and how long a search takes.

The real command makes the rebuild and the comparison, so that its start and its memory count.
"""

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch, helpers

from indexing.cluster import ClusterIndex
from indexing.cluster_writing import put_documents
from indexing.documents import Document
from indexing.opening import open_index
from indexing.schemas import Collection
from indexing.sourcing import read_all_documents
from ledger.opening import Ledger, open_ledger
from tests.bench.crawling import COMMAND, environment
from tests.bench.filling import fill_in_bulk
from tests.bench.happenings import report
from tests.bench.measuring import measure
from tests.bench.passing import measure_pass
from tests.bench.press import BEGINNING, print_articles
from tests.bench.searching import time_bare_words, time_searches
from tests.servers.elasticsearch import running_elasticsearch
from tests.servers.elasticsearch_distribution import ServerMissing

NOW = datetime(2027, 1, 1, tzinfo=UTC)
_ARTICLES: tuple[Collection, ...] = ("articles",)
READY = 2_000
"""Documents made ready for comparing our sending of them with the bare client's."""


def measure_scale(folder: Path, articles: int, *, cluster: bool = True) -> Iterator[dict[str, Any]]:
    """Yield a row for each thing measured on so many articles and their developments."""
    folder.mkdir()
    url = f"sqlite:///{folder / 'ledger.sqlite'}"
    with _opened(url) as ledger:
        began = time.process_time()
        fill_in_bulk(ledger, report(print_articles(articles), exact=False), settled_at=NOW)
        yield _rate("ledger filled in bulk", articles, time.process_time() - began)
    yield from _measure_index("embedded", folder, url)
    yield asdict(time_bare_words(folder / "index.sqlite", "bare FTS5, the same words"))
    if cluster:
        try:
            with running_elasticsearch() as server:
                yield from _measure_index(server.url, folder, url)
                yield from _compare_sending(server.url, url)
        except ServerMissing as missing:
            yield {"name": f"no Elasticsearch: {missing}"}
    yield {"name": "the ledger's part of a pass, ms of CPU", **measure_pass(url, articles)}


def _measure_index(target: str, folder: Path, url: str) -> Iterator[dict[str, Any]]:
    name = "built-in index" if target == "embedded" else "Elasticsearch"
    given = environment(folder, NOW.isoformat().replace("+00:00", "Z"))
    given |= {"CONVENTION_WATCH_LEDGER": url, "CONVENTION_WATCH_INDEX": target}
    for work in ("rebuild", "verify"):
        took = measure([COMMAND, "index", f"--{work}", "--json"], given)
        documents = _count(json.loads(took.output))
        rate = _rate(f"index --{work}, {name}", documents, took.cpu_seconds)
        yield rate | {"wall_seconds": round(took.wall_seconds, 1), "peak_mb": round(took.peak_process_mb)}
    index = open_index(target, home=folder)
    try:
        yield asdict(time_searches(index, f"search, {name}"))
    finally:
        index.close()


def _count(told: dict[str, Any]) -> int:
    """How many documents a rebuild put in, or a comparison found in the ledger."""
    if "indexed" in told:
        return int(told["indexed"] + told["older"])
    return sum(int(one["ledger"]) for one in told.values())


def _compare_sending(server: str, url: str) -> Iterator[dict[str, Any]]:
    """The same documents, ready, through the bare client's helper and through ours; CPU time of this process."""
    with _opened(url) as ledger, ledger.read() as conn:
        ready = list(islice(read_all_documents(conn, _ARTICLES), READY))
    client = Elasticsearch(server, request_timeout=120)
    client.indices.create(index="bare", mappings={"dynamic": False, "_source": {"excludes": ["by_language"]}})
    bodies = [dict(document.fields) for document in ready]
    began = time.process_time()
    actions = ({"_index": "bare", "_id": one["id"], "_source": one} for one in bodies)
    sent = sum(done for done, _ in helpers.streaming_bulk(client, actions, chunk_size=200))
    yield _rate("bare elasticsearch-py, streaming_bulk of ready dicts", sent, time.process_time() - began)
    client.close()
    index = ClusterIndex.connect(server, api_key=None, ca=None, prefix="compared")
    index.prepare()
    yield _send(index, ready)
    index.close()


def _send(index: ClusterIndex, ready: Sequence[Document]) -> dict[str, Any]:
    began = time.process_time()
    done: Iterable[Any] = put_documents(index.client, index.name, ready, lambda collection: (f"compared-{collection}",))
    sent = sum(putting.state == "indexed" for putting in done)
    return _rate("the same documents through our writer", sent, time.process_time() - began)


def _rate(name: str, items: int, cpu_seconds: float) -> dict[str, Any]:
    return {
        "name": name,
        "items": items,
        "cpu_seconds": round(cpu_seconds, 2),
        "items_per_cpu_second": round(items / cpu_seconds, 1),
    }


@contextmanager
def _opened(url: str) -> Iterator[Ledger]:
    ledger = open_ledger(url, now=BEGINNING)
    try:
        yield ledger
    finally:
        ledger.close()
