"""Least privilege, on a real Elasticsearch with security: what each key may do, and what it may not."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from indexing.cluster import ClusterIndex
from indexing.cluster_client import connect
from indexing.index import Index
from indexing.keys import Role, load_role, make_key
from indexing.opening import open_index
from indexing.searching import SearchRequest
from records.errors import IndexUnreachable
from tests.servers.elasticsearch import ElasticsearchServer
from tests.unit.indexing.builders import make_article_document

pytestmark = pytest.mark.elasticsearch
PREFIX = "secured-watch"


@pytest.fixture
def server(secured_elasticsearch_server: ElasticsearchServer) -> Iterator[ElasticsearchServer]:
    """The secured server, with somebody else's index on it, and none of ours left over."""
    with closing(administrator(secured_elasticsearch_server)) as client:
        client.index(index="payroll", id="1", document={"secret": True}, refresh=True)
        yield secured_elasticsearch_server
        ours = list(client.indices.get(index=f"{PREFIX}-*", features="aliases"))
        if ours:
            client.indices.delete(index=ours)


def administrator(server: ElasticsearchServer) -> Elasticsearch:
    """A client of the superuser."""
    return connect(server.url, api_key=None, ca=server.ca, basic=("elastic", str(server.password)))


def opened(server: ElasticsearchServer, role: Role | None, home: Path) -> Index:
    """The index as the holder of a new key sees it (None: with a key that does not exist)."""
    with closing(administrator(server)) as client:
        key = make_key(client, role, PREFIX) if role else "bm9ib2R5OnN1Y2g="
    return open_index(server.url, home=home, api_key=key, ca=server.ca, prefix=PREFIX)


def test_each_key_can_do_its_work_and_nothing_else(server: ElasticsearchServer, tmp_path: Path) -> None:
    """The installer makes and rebuilds, the writer puts and compares, the reader searches; nobody reads others."""
    document = make_article_document()
    with (
        closing(opened(server, "installer", tmp_path)) as installer,
        closing(opened(server, "writer", tmp_path)) as writer,
        closing(opened(server, "reader", tmp_path)) as reader,
    ):
        assert (reader.count("articles"), writer.count("articles")) == (0, 0)
        with pytest.raises(IndexUnreachable, match="installer"):
            writer.prepare()
        assert installer.prepare() == "to_fill"
        assert writer.prepare() == "ready"
        assert [putting.state for putting in writer.put([document])] == ["indexed"]
        writer.refresh()
        assert writer.checksums("articles", [document.id]) == {document.id: document.checksum}
        assert reader.search(SearchRequest("convention")).total == 1
        assert len(list(reader.export(SearchRequest()))) == 1
        assert [putting.state for putting in reader.put([document])] == ["postponed"]
        with pytest.raises(IndexUnreachable, match="refuses our credentials"):
            list(writer.rebuild([document]))
        assert [putting.state for putting in installer.rebuild([document])] == ["indexed"]
        assert reader.search(SearchRequest("convention")).total == 1
        for index in (installer, writer, reader):
            assert isinstance(index, ClusterIndex)
            assert not index.client.security.has_privileges(
                index=[{"names": ["payroll"], "privileges": ["read", "write"]}]
            )["has_all_requested"]


def test_a_key_that_is_none_is_told_in_words(server: ElasticsearchServer, tmp_path: Path) -> None:
    """The message says whose credentials are refused, and shows none of them."""
    with closing(opened(server, None, tmp_path)) as index, pytest.raises(IndexUnreachable) as caught:
        index.prepare()
    assert "refuses our credentials (401)" in str(caught.value)
    assert "bm9ib2R5" not in str(caught.value)
    assert str(server.password) not in str(caught.value)


@pytest.mark.parametrize("role", ["writer", "reader"])
def test_no_daily_key_can_make_or_delete_an_index(role: Role) -> None:
    """Their privileges are few, and on our names only."""
    (indices,) = load_role(role)["indices"]
    assert indices["names"] == ["convention-watch-*"]
    assert not {"all", "manage", "delete", "delete_index", "create_index", "write"} & set(indices["privileges"])
