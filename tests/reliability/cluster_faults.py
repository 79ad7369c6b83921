"""A real Elasticsearch that cannot, or will not, take one document in ten: until a fault is mended, or ever."""

import json
import os
import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from indexing.cluster import ClusterIndex
from indexing.cluster_client import connect
from indexing.delivering import deliver as deliver_documents
from indexing.documents import Document
from indexing.index import Putting
from indexing.rebuilding import verify
from ledger.leases import this_owner
from ledger.outbox import outbox_counts
from tests.reliability.newsdesk import NOW, Newsdesk, an_article, new_ledger
from tests.servers.elasticsearch import run_server
from tests.servers.elasticsearch_distribution import find_java, install_server

SPOILED: dict[str, dict[str, Any]] = {
    "a field that the mapping does not know": {"unheard_of": 1},
    "a text where an instant belongs": {"published_at": "the day before yesterday"},
}
BLOCKED = "the block of a full disk"


def of_the_cluster(seed: int, long: bool) -> dict[str, Any]:
    """For each way to fail: what became of all documents, after the fault was mended where it can be."""
    documents = 1000 if long else 100
    with _server() as url:
        seen = {way: _account_under(url, way, documents, random.Random(seed)) for way in (*SPOILED, BLOCKED)}
    wrong = [way for way, account in seen.items() if account != _expected(way, documents)]
    return {"documents": documents, "accounts": seen, "wrong": wrong, "held": not wrong}


def _expected(way: str, documents: int) -> dict[str, int]:
    aside = 0 if way == BLOCKED else documents // 10
    return {"indexed": documents - aside, "set_aside": aside, "waiting": 0, "missing": aside, "differs": 0}


def _account_under(url: str, way: str, documents: int, chance: random.Random) -> dict[str, int]:
    with new_ledger() as ledger, _own_index(url) as index:
        desk = Newsdesk(ledger)
        articles = [
            an_article(f"Text {number}.", url=f"https://tidings.example/{number}", title=f"Title {number}")
            for number in range(documents)
        ]
        index.prepare()
        for one in articles:
            desk.store(one)
        if way in SPOILED:
            index.victims = {one.id for one in chance.sample(articles, documents // 10)}
            index.spoil = SPOILED[way]
        for hours in range(4):
            if way == BLOCKED and hours in (0, 2):
                index.block(hours == 0)
            deliver_documents(ledger, index, now=NOW + timedelta(hours=hours), owner=this_owner())
        with ledger.read() as conn:
            rows = {state: count for (kind, state), count in outbox_counts(conn).items() if kind == "index"}
        found = verify(ledger, index).collections["articles"]
    return {
        "indexed": found.index,
        "set_aside": rows.get("set_aside", 0),
        "waiting": rows.get("waiting", 0),
        "missing": found.missing,
        "differs": found.differing + found.surplus,
    }


class _Spoiling(ClusterIndex):
    """An index in a real Elasticsearch, which sends it some documents that it will refuse."""

    victims: frozenset[str] | set[str] = frozenset()
    spoil: dict[str, Any] = {}  # noqa: RUF012 - never changed, only replaced

    def put(self, documents: Iterable[Document]) -> Iterator[Putting]:
        """Put the documents, the victims with what spoils them."""
        yield from super().put(self._spoiled(one) for one in documents)

    def block(self, on: bool) -> None:
        """Let every index be read only, as the server does when its disk is full; or lift that."""
        self.client.indices.put_settings(
            index=f"{self.prefix}-*", settings={"index.blocks.read_only_allow_delete": True if on else None}
        )

    def _spoiled(self, one: Document) -> Document:
        return replace(one, content=json.dumps({**one.fields, **self.spoil})) if one.id in self.victims else one


@contextmanager
def _server() -> Iterator[str]:
    """The server at TEST_ELASTICSEARCH_URL, else one of our own."""
    if given := os.environ.get("TEST_ELASTICSEARCH_URL"):
        yield given
        return
    java = find_java(minimum=21)
    with run_server(install_server(java), java) as server:
        yield server.url


@contextmanager
def _own_index(url: str) -> Iterator[_Spoiling]:
    index = _Spoiling(
        connect(url, api_key=None, ca=None), url, f"trial-{uuid4().hex[:12]}", ("articles", "developments")
    )
    try:
        yield index
    finally:
        index.client.indices.delete(index=list(index.client.indices.get(index=f"{index.prefix}-*", features="aliases")))
        index.close()
