"""Each promise of an index is tested on both: the built-in one, and a real Elasticsearch."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from indexing.cluster import ClusterIndex
from indexing.cluster_client import connect
from indexing.index import Index
from indexing.opening import open_index
from indexing.schemas import COLLECTIONS, Collection
from ledger.opening import Ledger, open_ledger
from tests.servers.elasticsearch import ElasticsearchServer

FEW: tuple[Collection, ...] = ("articles", "developments")
NOW = datetime(2024, 12, 24, 16, 0, tzinfo=UTC)


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    """An empty index that is ready, of each sort in turn."""
    if request.param == "embedded":
        opened = open_index("embedded", home=tmp_path)
        opened.prepare()
        yield opened
        opened.close()
    else:
        yield request.getfixturevalue("cluster")


@pytest.fixture
def cluster(elasticsearch_server: ElasticsearchServer) -> Iterator[ClusterIndex]:
    """An empty index in a real Elasticsearch, under names of its own."""
    opened = open_cluster(elasticsearch_server)
    opened.prepare()
    yield opened
    remove_cluster(opened)


@pytest.fixture
def whole_cluster(elasticsearch_server: ElasticsearchServer) -> Iterator[ClusterIndex]:
    """The same with every collection: each takes the server a while to make."""
    opened = open_cluster(elasticsearch_server, COLLECTIONS)
    opened.prepare()
    yield opened
    remove_cluster(opened)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    opened = open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}", now=NOW)
    yield opened
    opened.close()


def open_cluster(server: ElasticsearchServer, collections: tuple[Collection, ...] = FEW) -> ClusterIndex:
    """Return an index under names of its own, not yet prepared; most tests can do with two of its collections."""
    client = connect(server.url, api_key=None, ca=None)
    return ClusterIndex(client, server.url, f"test-{uuid4().hex[:12]}", collections)


def remove_cluster(opened: ClusterIndex) -> None:
    """Remove all versions of an index, and close it."""
    found = opened.client.indices.get(index=f"{opened.prefix}-*", features="aliases")
    if found:
        opened.client.indices.delete(index=list(found))
    opened.close()
